import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import { recordset } from "@/lib/db/recordset.ts";
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

  /** All of them, in the order they came. */
  all: async (): Promise<(ImportItem & { seq: number })[]> =>
    await db.selectFrom("import_item").select(["seq", "path", "outcome", "reason"])
      .where("job_id", "=", jobId).orderBy("seq").execute() as (ImportItem & { seq: number })[],

  /** Problems first: in a report of ten thousand lines they are what is looked for. */
  page: async (
    { offset, limit, outcome }: { offset: number; limit: number; outcome?: ItemOutcome },
  ): Promise<ImportItem[]> =>
    await db.selectFrom("import_item").select(["path", "outcome", "reason"])
      .where("job_id", "=", jobId)
      .$if(outcome !== undefined, (query) => query.where("outcome", "=", outcome!))
      .orderBy(sql`outcome not in ('failed', 'paused')`).orderBy("seq")
      .offset(offset).limit(limit).execute() as ImportItem[],

  /** How many lines each outcome has; those without any are absent. */
  tally: async (): Promise<Partial<Record<ItemOutcome, number>>> => {
    const rows = await db.selectFrom("import_item")
      .select((eb) => ["outcome", eb.fn.countAll<number>().as("count")])
      .where("job_id", "=", jobId).groupBy("outcome").execute();
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, Number(count)]));
  },
});
