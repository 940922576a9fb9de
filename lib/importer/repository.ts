import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import { FACT_COLUMNS, FILE_COLUMNS } from "./columns.ts";
import { recordset } from "@/lib/db/recordset.ts";
import { FIELD, RECORD } from "./inventory.ts";
import type { ExistingAdapter } from "./row.ts";

const FACTS = Object.keys(FACT_COLUMNS) as (keyof typeof FACT_COLUMNS)[];
const FILES = Object.keys(FILE_COLUMNS) as (keyof typeof FILE_COLUMNS)[];
const WRITTEN = { id: "uuid", ...FACT_COLUMNS, ...FILE_COLUMNS };
const INSERTED = sql.raw(Object.keys(WRITTEN).join(", "));
const ASSIGNED = sql.raw(
  [...FACTS, ...FILES].map((name) => `${name} = r.${name}`).join(", "),
);

/** A record whose name and version others have too. */
export interface Duplicate {
  path: string;
  /** The others in words. */
  others: string;
  /** Highest content level among them, as a mask. */
  nsfw: number;
}

/** A record that a dry run would make. */
export interface PlannedName {
  path: string;
  name: string;
  version: string;
  /** Content level, as a mask. */
  nsfw: number;
}

/** One row of text, because carrying as many rows as there are files takes ten times as long. */
export async function knownFiles(db: Db, rootId: string, under: string): Promise<string> {
  const { rows } = await sql<{ packed: string | null }>`
    select string_agg(concat_ws(${FIELD}::text, id, file_path, fingerprint,
      coalesce(file_size::text, ''),
      coalesce(round(extract(epoch from file_mtime) * 1000)::bigint::text, ''),
      file_status, nsfw_level), ${RECORD}::text) as packed
    from adapter
    where root_id = ${rootId}
      and (${under} = '' or starts_with(file_path, ${under ? `${under}/` : ""}))`.execute(db);
  return rows[0]?.packed ?? "";
}

export const importedAdapters = (db: Db) => ({
  /**
   * @param json Rows with every column of `WRITTEN`.
   * @returns Paths of those inserted; the others exist by now.
   */
  insert: async (json: string): Promise<Set<string>> => {
    const { rows } = await sql<{ file_path: string }>`
      insert into adapter (${INSERTED}, last_ingested_at)
      select ${INSERTED}, now() from ${recordset(json, "r", WRITTEN)}
      on conflict (root_id, file_path) do nothing
      returning file_path`.execute(db);
    return new Set(rows.map((row) => row.file_path));
  },

  /** Locked until the transaction ends, so that no edit falls between reading and writing. */
  lock: (ids: readonly string[]): Promise<ExistingAdapter[]> =>
    existing(db).where("id", "in", ids).forUpdate().execute() as Promise<ExistingAdapter[]>,

  find: (ids: readonly string[]): Promise<ExistingAdapter[]> =>
    existing(db).where("id", "in", ids).execute() as Promise<ExistingAdapter[]>,

  idsAt: (rootId: string, paths: readonly string[]) =>
    db.selectFrom("adapter").select(["id", "file_path"]).where("root_id", "=", rootId)
      .where("file_path", "in", paths).execute(),

  /** @param json Rows with every column of `WRITTEN` and `is_visible`: whether a reader would notice. */
  update: async (json: string): Promise<void> => {
    await sql`
      update adapter a set ${ASSIGNED}, last_ingested_at = now(),
        updated_at = case when r.is_visible then now() else a.updated_at end
      from ${recordset(json, "r", { ...WRITTEN, is_visible: "boolean" })}
      where a.id = r.id`.execute(db);
  },

  /** @param json `{id, fingerprint, file_status}`; the file's size and time stay for when it comes back. */
  setStatus: async (json: string): Promise<void> => {
    const columns = { id: "uuid", fingerprint: "text", file_status: "text" };
    await sql`
      update adapter a set file_status = r.file_status, fingerprint = r.fingerprint,
        updated_at = now()
      from ${recordset(json, "r", columns)} where a.id = r.id`.execute(db);
  },

  /** Hashes computed from the file itself, by record. */
  hashes: (ids: readonly string[]) =>
    db.selectFrom("adapter").select(["id", "hashes"]).where("id", "in", ids)
      .where("hash_state", "=", "done").execute(),

  /** How many records of the root, or below a folder of it, have no model file. */
  countMissing: async (rootId: string, under: string): Promise<number> => {
    const { count } = await db.selectFrom("adapter")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("root_id", "=", rootId).where("file_status", "=", "missing")
      .where(sql<boolean>`(${under} = '' or starts_with(file_path, ${under ? `${under}/` : ""}))`)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  /**
   * Records of the root that share name and version with another of the catalog.
   *
   * @param planned Records that a dry run would make.
   */
  duplicates: async (
    rootId: string,
    planned: readonly PlannedName[],
  ): Promise<Duplicate[]> => {
    const columns = { path: "text", name: "text", version: "text", nsfw: "integer" };
    const { rows } = await sql<{ path: string; other: string; more: number; nsfw: number }>`
      with named as (
        select id::text, root_id, file_path as path, name, version, nsfw_level as nsfw
        from adapter
        union all
        select path, ${rootId}::uuid, path, name, version, nsfw
        from ${recordset(JSON.stringify(planned), "p", columns)}
      ),
      doubled as (
        select name, version, max(nsfw) as nsfw, count(*) - 2 as more, (array_agg(path order by path))[1:2] as paths
        from named group by name, version having count(*) > 1
      )
      select a.path, doubled.nsfw, more,
        case when a.path = paths[1] then paths[2] else paths[1] end as other
      from doubled join named a using (name, version)
      where a.root_id = ${rootId} order by a.path`.execute(db);
    return rows.map(({ path, other, more, nsfw }) => ({
      path,
      nsfw,
      others: Number(more) > 0 ? `${other} and ${more} more` : other,
    }));
  },
});

const existing = (db: Db) =>
  db.selectFrom("adapter").select(["id", "edited_fields", ...FACTS, ...FILES]);
