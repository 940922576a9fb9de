import { type Insertable, type RawBuilder, sql, type Updateable } from "kysely";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { idList } from "./id_list.ts";
import type { AdapterRow, CardRow } from "./views.ts";

/** Columns that lists of cards read; nothing long. */
export const CARD_COLUMNS = [
  ...["id", "file_path", "name", "version", "author_username", "base_model", "tags"],
  ...["trained_words", "weight", "active", "ordinal", "rating", "is_favorite", "nsfw_level"],
  ...["file_status", "file_format", "file_size", "created_at", "published_at", "usage_count"],
  "preview",
];

/** All columns that the API answers with: not those that only imports and the search index need. */
export const FULL_COLUMNS = [
  ...CARD_COLUMNS,
  ...["root_id", "canonical_version_name", "description", "visibility", "triggers", "archetype"],
  ...["archetype_confidence", "primary_file_name", "primary_file_size_kb", "primary_file_sha256"],
  ...["primary_file_download_url", "primary_file_local_path", "supports_generation", "sd_version"],
  ...["activation_text", "stats", "extra", "json_file_path", "json_file_mtime", "json_file_size"],
  ...["last_ingested_at", "updated_at", "negative_text", "notes", "file_mtime", "hashes"],
  ...["trigger_sets", "civitai_model_id", "civitai_version_id", "edited_fields", "training"],
  "last_used_at",
];

const named = (columns: readonly string[]) =>
  sql.join(columns.map((column) => sql.ref(`adapter.${column}`)));

const DOWNLOADS = sql`stats ->> 'downloadCount' as downloads`;
const ROOT_PATH = sql`library_root.path as root_path`;
const COLLECTIONS = sql`(
  select coalesce(json_agg(json_build_object('id', collection.id, 'name', collection.name)
    order by collection.name), '[]')
  from collection_adapter join collection on collection.id = collection_id
  where adapter_id = adapter.id) as collections`;

/**
 * Rows as one JSON text, parsed once: half the time that drivers take to make objects of cells, and the same types
 * from both.
 */
async function readJson<T>(db: Db, select: RawBuilder<unknown>): Promise<T[]> {
  const { rows } = await sql<{ rows: string | null }>`
    select json_agg(found)::text as rows from (${select}) as found`.execute(db);
  return JSON.parse(rows[0]?.rows ?? "[]");
}

/** Reads and writes of adapters. Content levels are not judged here: callers go through the service. */
export const adapters = (db: Db) => ({
  /** Everything about `ids`, in no order; those that are gone are left out. */
  full: (ids: readonly string[]): Promise<AdapterRow[]> =>
    ids.length === 0 ? Promise.resolve([]) : readJson<AdapterRow>(
      db,
      sql`select ${named(FULL_COLUMNS)}, ${ROOT_PATH}, ${COLLECTIONS}
        from adapter join library_root on library_root.id = root_id
        where adapter.id = any(${idList(ids)})`,
    ),

  /** What cards show of `ids`, in no order. */
  cards: (ids: readonly string[]): Promise<CardRow[]> =>
    ids.length === 0 ? Promise.resolve([]) : readJson<CardRow>(
      db,
      sql`select ${named(CARD_COLUMNS)}, ${DOWNLOADS}
        from adapter where adapter.id = any(${idList(ids)})`,
    ),

  /** Cards of the active set, in no order. */
  activeCards: (): Promise<CardRow[]> =>
    readJson<CardRow>(
      db,
      sql`select ${named(CARD_COLUMNS)}, ${DOWNLOADS} from adapter where active`,
    ),

  /** Locks a row until the transaction ends. */
  lock: (id: string) =>
    db.selectFrom("adapter").select(["id", "name", "version", "nsfw_level", "edited_fields"])
      .where("id", "=", id).forUpdate().executeTakeFirst(),

  insert: (row: Insertable<AdapterTable>) => db.insertInto("adapter").values(row).execute(),

  update: (id: string, values: Updateable<AdapterTable>) =>
    db.updateTable("adapter").set({ ...values, updated_at: sql`now()` }).where("id", "=", id)
      .execute(),

  /** Another adapter with this name and version. */
  namesake: (name: string, version: string, except?: string) =>
    db.selectFrom("adapter").select("id").where("name", "=", name).where("version", "=", version)
      .$if(except !== undefined, (query) => query.where("id", "!=", except!))
      .limit(1).executeTakeFirst(),

  /** The adapter of a file. */
  atPath: (rootId: string, filePath: string) =>
    db.selectFrom("adapter").select("id").where("root_id", "=", rootId)
      .where("file_path", "=", filePath).executeTakeFirst(),

  remove: (id: string) =>
    db.deleteFrom("adapter").where("id", "=", id).returning("id").executeTakeFirst(),

  /** @param ordinal Their place; undefined leaves what they have. */
  activate: (ids: readonly string[], ordinal?: number | null) =>
    db.updateTable("adapter")
      .set({ active: true, updated_at: sql`now()`, ...(ordinal === undefined ? {} : { ordinal }) })
      .where(sql<boolean>`id = any(${idList(ids)})`)
      .where((eb) =>
        eb.or([
          eb("active", "=", false),
          ...(ordinal === undefined ? [] : [eb("ordinal", "is distinct from", ordinal)]),
        ])
      )
      .execute(),

  deactivate: (ids: readonly string[]) =>
    db.updateTable("adapter").set({ active: false, ordinal: null, updated_at: sql`now()` })
      .where(sql<boolean>`id = any(${idList(ids)})`).where("active", "=", true).execute(),

  /** Numbers the active ones of `ids` from 0 in the order given. */
  reorder: (ids: readonly string[]) =>
    sql`update adapter set ordinal = place.position - 1, updated_at = now()
      from unnest(${idList(ids)}) with ordinality as place(id, position)
      where adapter.id = place.id and adapter.active
        and adapter.ordinal is distinct from place.position - 1`.execute(db),
});
