import type { Job } from "@/lib/jobs/job.ts";
import {
  type ImportCounts,
  type ImportItem,
  type ImportStatus,
  type ItemOutcome,
  noCounts,
} from "./report.ts";

/**
 * An import's job and lines as the API shows them.
 *
 * @param lines One page of them.
 * @param outcomes How many there are in all.
 * @param outcome What `lines` are limited to, if anything.
 */
export function viewImport(
  job: Job,
  lines: Omit<ImportItem, "nsfw_rank">[],
  outcomes: ImportStatus["outcomes"],
  outcome: ItemOutcome | undefined,
): ImportStatus {
  const counts = countsOf(job);
  return {
    job_id: job.id,
    status: job.status,
    dry_run: job.payload.dry_run === true,
    counts,
    progress: job.progress,
    report: {
      ...counts,
      duration_ms: durationOf(job),
      items: lines.map(({ reason, ...item }) => reason === null ? item : { ...item, reason }),
    },
    items_total: outcome
      ? outcomes[outcome] ?? 0
      : Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    outcomes,
    error: job.error,
    created_at: job.created_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    finished_at: job.finished_at?.toISOString() ?? null,
  };
}

/** Of the result, or while there is none of the last progress. */
function countsOf(job: Job): ImportCounts {
  const counts = noCounts();
  const told = job.result ?? job.progress;
  for (const name of Object.keys(counts) as (keyof ImportCounts)[]) {
    const value = told[name];
    if (typeof value === "number") counts[name] = value;
  }
  return counts;
}

function durationOf(job: Job): number {
  const told = job.result?.duration_ms;
  if (typeof told === "number") return told;
  if (!job.started_at) return 0;
  return (job.finished_at ?? new Date()).getTime() - job.started_at.getTime();
}
