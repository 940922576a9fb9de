import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";

/** Changes are kept this long; a process that has not looked for longer reads the catalog anew. */
const KEPT = "1 hour";

export interface Changes {
  /** Where the next read continues. */
  watermark: number;
  /** Adapters written or removed since, each once. */
  ids: string[];
  /** True if some changes may have been pruned unread. */
  missed: boolean;
}

/**
 * The oldest transaction that is still open. Every change by an older one is visible already; one by this or a later
 * one may become visible at any time. Sequence numbers would not do: they are drawn in another order than
 * transactions commit, and a reader that remembers the highest it saw skips those that commit late.
 */
export async function readWatermark(db: Db): Promise<number> {
  const { rows } = await sql<{ watermark: number }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::float8 as watermark`.execute(db);
  return rows[0]!.watermark;
}

/** What has changed since `watermark` was read. Changes of transactions open at that time may be told twice. */
export async function readChanges(db: Db, watermark: number): Promise<Changes> {
  const { rows } = await sql<{ watermark: number; ids: string; missed: boolean | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text::float8 as watermark,
      (select json_agg(distinct adapter_id)::text from catalog_change
        where xid >= ${watermark}::float8::bigint) as ids,
      (select xid > ${watermark}::float8::bigint and at < now() - ${KEPT}::interval
        from catalog_change order by xid limit 1) as missed`.execute(db);
  const [row] = rows;
  return {
    watermark: row!.watermark,
    ids: JSON.parse(row!.ids ?? "[]"),
    missed: row!.missed ?? false,
  };
}

/**
 * Drops old changes but for those of the last old transaction: as long as they are there, a reader whose watermark
 * is not older than them knows that it has missed nothing.
 */
export async function pruneChanges(db: Db): Promise<void> {
  await sql`delete from catalog_change where xid < (
    select max(xid) from catalog_change where at < now() - ${KEPT}::interval)`.execute(db);
}
