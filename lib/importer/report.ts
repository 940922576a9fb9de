import type { JobError, JobStatus } from "@/lib/db/schema.ts";

/** What happened to one path; `unchanged` ones are counted and not listed. */
export const ITEM_OUTCOMES = [
  "created",
  "updated",
  "moved",
  "missing",
  "failed",
  "skipped",
  "duplicate",
  "paused",
] as const;
export type ItemOutcome = typeof ITEM_OUTCOMES[number];

export interface ImportItem {
  /** In a scan relative to the root ("" for the root itself), in a report absolute. */
  path: string;
  outcome: ItemOutcome;
  /** Why, and what was kept or changed. */
  reason: string | null;
  /** Highest content level of the adapter in question; see lib/shared/nsfw.ts. */
  nsfw_rank: number;
}

export interface ImportCounts {
  /** Model files and lone sidecars looked at. */
  scanned: number;
  created: number;
  /** Changed records, those that moved included. */
  updated: number;
  unchanged: number;
  /** Records of the scanned folder without a model file, new and old. */
  missing: number;
  /** Model files without any sidecar. */
  orphans: number;
  failed: number;
  /** Records of the root that share name and version with another. */
  duplicates: number;
}

export interface ImportReport extends ImportCounts {
  duration_ms: number;
  /** Problems first, then in the order they came. */
  items: { path: string; outcome: ItemOutcome; reason?: string }[];
}

/** An import as the API tells of it, while it runs and afterwards. */
export interface ImportStatus {
  job_id: string;
  status: JobStatus;
  dry_run: boolean;
  counts: ImportCounts;
  progress: Record<string, unknown>;
  report: ImportReport;
  /** Lines of the asked outcome, or in all; `report.items` holds a page of them. */
  items_total: number;
  /** Lines in all by outcome; those without any are absent. */
  outcomes: Partial<Record<ItemOutcome, number>>;
  error: JobError | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export const noCounts = (): ImportCounts => ({
  scanned: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  missing: 0,
  orphans: 0,
  failed: 0,
  duplicates: 0,
});

/** Why JSON files of other programs are passed over: no fault of the library. */
export const FOREIGN_REASON = "Not a sidecar of a known kind";

/** What an outcome adds to, if anything. */
export const COUNTED_AS: Partial<Record<ItemOutcome, "created" | "updated" | "failed">> = {
  created: "created",
  updated: "updated",
  moved: "updated",
  failed: "failed",
};
