import { sql } from "kysely";
import type { Db } from "./schema.ts";

/** Fewer dead rows cost less than looking for them. */
const MIN_DEAD = 1_000;
/** Of the living rows; the server's own autovacuum begins there too. */
const DEAD_SHARE = 0.2;
/** Smaller tables are not worth a guess at what they hold. */
const MIN_BYTES = 1024 * 1024;

/**
 * Does for the embedded database what autovacuum does on a server: lets the space of dead rows be used again, where
 * there are many. Other statements wait meanwhile.
 *
 * @param db Not a transaction: a vacuum cannot run inside one.
 * @returns The tables that were vacuumed.
 */
export async function vacuumEmbedded(db: Db): Promise<string[]> {
  // Nothing else hands in the counts of this session, which has no moments of idleness.
  await sql`select pg_stat_force_next_flush()`.execute(db);
  // Counts end with the process. An analysis estimates them anew.
  const { rows: uncounted } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables
    where schemaname = 'public' and last_vacuum is null and last_analyze is null
      and pg_relation_size(relid) >= ${MIN_BYTES}`.execute(db);
  for (const { name } of uncounted) await sql`analyze ${sql.table(name)}`.execute(db);
  const { rows: bloated } = await sql<{ name: string }>`
    select relname as name from pg_stat_user_tables
    where schemaname = 'public' and n_dead_tup > greatest(${MIN_DEAD}, n_live_tup * ${DEAD_SHARE}::float8)
    order by relname`.execute(db);
  for (const { name } of bloated) await sql`vacuum (analyze) ${sql.table(name)}`.execute(db);
  return bloated.map(({ name }) => name);
}
