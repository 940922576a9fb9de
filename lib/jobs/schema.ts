import { z } from "zod";
import type { Job } from "./job.ts";

const STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"] as const;

export const JobQuery = z.object({
  status: z.enum(STATUSES).optional(),
  kind: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}).strict();

const details = z.record(z.string(), z.unknown());

/** A job as the API answers it. */
export const JobView = z.object({
  id: z.uuid(),
  kind: z.string(),
  queue: z.string(),
  status: z.enum(STATUSES),
  progress: details,
  result: details.nullable(),
  error: z.object({
    code: z.string(),
    message: z.string(),
    attempt: z.number().int(),
    retry_at: z.string().optional(),
  }).nullable(),
  attempts: z.number().int(),
  max_attempts: z.number().int(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
}).meta({ id: "Job" });
export type JobView = z.infer<typeof JobView>;

export function viewJob(job: Job): JobView {
  return {
    id: job.id,
    kind: job.kind,
    queue: job.queue,
    status: job.status,
    progress: job.progress,
    result: job.result,
    error: job.error,
    attempts: job.attempts,
    max_attempts: job.max_attempts,
    created_at: job.created_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    finished_at: job.finished_at?.toISOString() ?? null,
  };
}
