import { type Expression, type Selectable, sql } from "kysely";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";

/** What composing and recipes need of an adapter; nothing long. */
const COLUMNS = [
  "id",
  "name",
  "file_path",
  "weight",
  "active",
  "ordinal",
  "base_model",
  "trained_words",
  "activation_text",
  "trigger_sets",
  "file_status",
  "file_format",
  "nsfw_level",
  "hashes",
] as const;

export type ComposableRow = Pick<Selectable<AdapterTable>, typeof COLUMNS[number]>;

const baseName = "split_part(file_path, '/', -1)";

/** `stemOf` of lib/shared/prompt in SQL; written exactly like the index `adapter_stem`, or that is not used. */
const stemColumn = sql<string>`${
  sql.raw(`left(${baseName}, length(${baseName}) - strpos(reverse(${baseName}), '.'))`)
}`;

/** @param nsfwMax The viewer's ceiling; what lies above is not read. */
export const composableAdapters = (db: Db, nsfwMax: number) => {
  const visible = () => {
    // A mask's highest bit counts, so everything below the next power of two is visible.
    const limit = Math.max(1, nsfwRank(nsfwMax) * 2);
    return db.selectFrom("adapter").select(COLUMNS).where("nsfw_level", "<", limit);
  };
  return {
    active: (): Promise<ComposableRow[]> => visible().where("active", "=", true).execute(),

    byIds: async (ids: readonly string[]): Promise<Map<string, ComposableRow>> => {
      if (ids.length === 0) return new Map();
      const rows = await visible().where("id", "in", ids).execute();
      return new Map(rows.map((row) => [row.id, row]));
    },

    bySha256: async (hashes: readonly string[]): Promise<ComposableRow[]> =>
      hashes.length === 0
        ? []
        : await visible().where(sha256Column, "in", hashes).orderBy("id").execute(),

    byStems: async (stems: readonly string[]): Promise<ComposableRow[]> =>
      stems.length === 0
        ? []
        : await visible().where(stemColumn, "in", stems).orderBy("id").execute(),

    byNames: async (names: readonly string[]): Promise<ComposableRow[]> =>
      names.length === 0 ? [] : await visible().where("name", "in", names).orderBy("id").execute(),
  };
};

const sha256Column: Expression<string> = sql<string>`hashes ->> 'sha256'`;

/** Stems that more than one file of the library has, hidden ones included: the server sees those too. */
export async function sharedStems(db: Db, stems: readonly string[]): Promise<Set<string>> {
  if (stems.length === 0) return new Set();
  const rows = await db.selectFrom("adapter").select(stemColumn.as("stem"))
    .where(stemColumn, "in", stems).where("file_status", "!=", "missing")
    .groupBy(stemColumn).having((eb) => eb.fn.countAll(), ">", 1).execute();
  return new Set(rows.map(({ stem }) => stem));
}

/** Makes exactly these adapters the active set, in this order and with these weights. */
export async function replaceActiveSet(
  tx: Db,
  entries: readonly { id: string; weight: number }[],
): Promise<void> {
  const ids = entries.map(({ id }) => id);
  await tx.updateTable("adapter")
    .set({ active: false, ordinal: null, updated_at: sql`now()` })
    .where("active", "=", true)
    .$if(ids.length > 0, (query) => query.where("id", "not in", ids))
    .execute();
  if (ids.length === 0) return;
  await sql`
    update adapter set active = true, ordinal = entry.ordinal, weight = entry.weight, updated_at = now(),
      edited_fields = case when adapter.weight = entry.weight or 'weight' = any(edited_fields)
        then edited_fields else array_append(edited_fields, 'weight') end
    from jsonb_to_recordset(${
    JSON.stringify(entries.map((entry, ordinal) => ({ ...entry, ordinal })))
  }::jsonb)
      as entry(id uuid, weight double precision, ordinal integer)
    where adapter.id = entry.id`.execute(tx);
}
