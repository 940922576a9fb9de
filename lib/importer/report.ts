/** What happened to one path; `unchanged` ones are counted and not listed. */
export type ItemOutcome =
  | "created"
  | "updated"
  | "moved"
  | "missing"
  | "failed"
  | "skipped"
  | "duplicate"
  | "paused";

export interface ImportItem {
  /** Relative to the root; "" for the root itself. */
  path: string;
  outcome: ItemOutcome;
  /** Why, and what was kept or changed. */
  reason: string | null;
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
  items: { path: string; outcome: ItemOutcome; reason?: string }[];
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

/** What an outcome adds to, if anything. */
export const COUNTED_AS: Partial<Record<ItemOutcome, "created" | "updated" | "failed">> = {
  created: "created",
  updated: "updated",
  moved: "updated",
  failed: "failed",
};
