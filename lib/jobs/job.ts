import type { Selectable } from "kysely";
import type { JobStatus, JobTable } from "@/lib/db/schema.ts";

export type Job = Selectable<JobTable>;

/** A job to be added. */
export interface JobSpec {
  kind: string;
  payload: Record<string, unknown>;
  /** Of the payload's shape, 1 by default; a worker that does not know it fails the job instead of guessing. */
  version?: number;
  /** Follows from the kind; given, it must agree. */
  queue?: string;
  /** Lower runs first, 100 by default. */
  priority?: number;
  /** Not before this time. */
  runAt?: Date;
  /** Starts allowed in all, 3 by default. */
  maxAttempts?: number;
  /** At most one pending or running job has this key: adding another finds that one instead. */
  dedupeKey?: string;
}

/** A job as its handler sees it. */
export interface ClaimedJob {
  id: string;
  kind: string;
  queue: string;
  version: number;
  payload: Record<string, unknown>;
  /** Counts from 1. */
  attempt: number;
  maxAttempts: number;
  /** Rises with every claim; writes under an older number are refused. */
  fence: number;
}

/** Which claim of a job is meant. */
export type Claim = Pick<ClaimedJob, "id" | "fence">;

export const isFinal = (status: JobStatus): boolean => status !== "pending" && status !== "running";
