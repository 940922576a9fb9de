import type { JobStatus } from "@/lib/db/schema.ts";
import type { ImportCounts, ItemOutcome } from "@/lib/importer/report.ts";

const KINDS: Record<string, string> = {
  import: "Import",
  hash: "Hashing files",
  preview: "Making previews",
  verify: "Verifying a file",
};

export const kindLabel = (kind: string): string => KINDS[kind] ?? kind;

export const STATUS_LABEL: Record<JobStatus, string> = {
  pending: "waiting",
  running: "running",
  succeeded: "finished",
  failed: "failed",
  cancelled: "cancelled",
};

export const STATUS_BADGE: Record<JobStatus, string> = {
  pending: "badge",
  running: "badge badge-accent",
  succeeded: "badge badge-ok",
  failed: "badge badge-danger",
  cancelled: "badge badge-warn",
};

export const OUTCOME_BADGE: Record<ItemOutcome, string> = {
  created: "badge badge-ok",
  updated: "badge badge-info",
  moved: "badge badge-info",
  missing: "badge badge-warn",
  failed: "badge badge-danger",
  skipped: "badge",
  duplicate: "badge badge-warn",
  paused: "badge badge-danger",
};

/** In the order they are offered. */
export const OUTCOMES = Object.keys(OUTCOME_BADGE) as ItemOutcome[];

/** The counts worth a tile, with what they say after an import and after a dry run. */
export const COUNTS: readonly { name: keyof ImportCounts; label: string; planned: string }[] = [
  { name: "scanned", label: "files seen", planned: "files seen" },
  { name: "created", label: "new", planned: "would be new" },
  { name: "updated", label: "updated", planned: "would change" },
  { name: "unchanged", label: "unchanged", planned: "unchanged" },
  { name: "missing", label: "missing", planned: "missing" },
  { name: "orphans", label: "no sidecar", planned: "no sidecar" },
  { name: "duplicates", label: "duplicates", planned: "duplicates" },
  { name: "failed", label: "failed", planned: "failed" },
];
