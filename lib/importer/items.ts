import { sql } from "kysely";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { Db } from "@/lib/db/schema.ts";
import { recordset } from "@/lib/db/recordset.ts";
import type { ImportItem, ItemOutcome } from "./report.ts";

const ITEM = {
  seq: "integer",
  path: "text",
  outcome: "text",
  reason: "text",
  nsfw_rank: "integer",
};

/** What a viewer may see: lines about adapters above it do not exist for them. */
type Ceiling = Pick<Viewer, "nsfwMax">;
type ReportLine = Omit<ImportItem, "nsfw_rank">;

/** The lines of one import's report. */
export const importItems = (db: Db, jobId: string) => ({
  add: async (items: (ImportItem & { seq: number })[]): Promise<void> => {
    if (items.length === 0) return;
    await sql`
      insert into import_item (job_id, seq, path, outcome, reason, nsfw_rank)
      select ${jobId}::uuid, seq, path, outcome, reason, nsfw_rank
      from ${recordset(JSON.stringify(items), "r", ITEM)}`.execute(db);
  },

  removeAt: (paths: readonly string[]) =>
    db.deleteFrom("import_item").where("job_id", "=", jobId).where("path", "in", paths).execute(),

  clear: () => db.deleteFrom("import_item").where("job_id", "=", jobId).execute(),

  /** All of them, in the order they came. */
  all: async (): Promise<(ImportItem & { seq: number })[]> =>
    await db.selectFrom("import_item").select(["seq", "path", "outcome", "reason", "nsfw_rank"])
      .where("job_id", "=", jobId).orderBy("seq").execute() as (ImportItem & { seq: number })[],

  /** Problems first: in a report of ten thousand lines they are what is looked for. */
  page: async (
    { offset, limit, outcome }: { offset: number; limit: number; outcome?: ItemOutcome },
    { nsfwMax }: Ceiling,
  ): Promise<ReportLine[]> =>
    await db.selectFrom("import_item").select(["path", "outcome", "reason"])
      .where("job_id", "=", jobId).where("nsfw_rank", "<=", nsfwMax)
      .$if(outcome !== undefined, (query) => query.where("outcome", "=", outcome!))
      .orderBy(sql`outcome not in ('failed', 'paused')`).orderBy("seq")
      .offset(offset).limit(limit).execute() as ReportLine[],

  /** How many lines each outcome has; those without any are absent. */
  tally: async ({ nsfwMax }: Ceiling): Promise<Partial<Record<ItemOutcome, number>>> => {
    const rows = await db.selectFrom("import_item")
      .select((eb) => ["outcome", eb.fn.countAll<number>().as("count")])
      .where("job_id", "=", jobId).where("nsfw_rank", "<=", nsfwMax)
      .groupBy("outcome").execute();
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, Number(count)]));
  },
});
