import type { Db } from "@/lib/db/schema.ts";
import type { Walker } from "./walker.ts";

export interface ScanOptions {
  /** `id` is null for a folder that is no root yet: only a dry run may have that. */
  root: { id: string | null; path: string };
  /** Only this folder of the root; "" for all. */
  under: string;
  ignore: string[];
  forceResync: boolean;
  /** Report what would change, write nothing. */
  dryRun: boolean;
  /** Mark files missing although suspiciously many vanished at once. */
  confirmMissing: boolean;
}

/** What any job of the importer needs of the one that runs it. */
export interface JobSite {
  db: Db;
  signal: AbortSignal;
  progress(data: Record<string, unknown>): void;
  /** Runs in a transaction that fails if this worker has lost the job to another. */
  checkpoint<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Rows were committed: whoever caches the catalog may look. */
  onCommit(): void;
}

/** What a scan needs of the job that runs it. */
export interface ScanContext extends JobSite {
  walker: Walker;
  /**
   * Lone JSON files that turned out to be no sidecars, by root and path; scans add to it. They have no record that could
   * remember it, and without this each scan would read them again.
   */
  foreign: Map<string, Map<string, string>>;
}
