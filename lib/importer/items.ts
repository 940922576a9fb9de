import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import { recordset } from "./columns.ts";
import type { ImportItem, ItemOutcome } from "./report.ts";

const ITEM = { seq: "integer", path: "text", outcome: "text", reason: "text" };

/** The lines of one import's report. */
export const importItems = (db: Db, jobId: string) => ({
  add: async (items: (ImportItem & { seq: number })[]): Promise<void> => {
    if (items.length === 0) return;
    await sql`
      insert into import_item (job_id, seq, path, outcome, reason)
      select ${jobId}::uuid, seq, path, outcome, reason
      from ${recordset(JSON.stringify(items), "r", ITEM)}`.execute(db);
  },

  removeAt: (paths: readonly string[]) =>
    db.deleteFrom("import_item").where("job_id", "=", jobId).where("path", "in", paths).execute(),

  clear: () => db.deleteFrom("import_item").where("job_id", "=", jobId).execute(),

  list: async (
    { offset = 0, limit, outcomes }: { offset?: number; limit: number; outcomes?: ItemOutcome[] },
  ): Promise<(ImportItem & { seq: number })[]> => {
    let query = db.selectFrom("import_item").select(["seq", "path", "outcome", "reason"])
      .where("job_id", "=", jobId).orderBy("seq").offset(offset).limit(limit);
    if (outcomes?.length) query = query.where("outcome", "in", outcomes);
    return await query.execute() as (ImportItem & { seq: number })[];
  },
});
