import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";

/** Which background work a root's records wait for. */
export async function pendingWork(
  db: Db,
  rootId: string,
): Promise<{ hash: boolean; preview: boolean }> {
  const { rows } = await sql<{ hash: boolean; preview: boolean }>`
    select
      exists (select from adapter where root_id = ${rootId} and hash_state = 'pending'
        and file_status <> 'missing') as hash,
      exists (select from adapter where root_id = ${rootId} and preview ->> 'hash' = '') as preview`
    .execute(db);
  return rows[0]!;
}
