import type { Db } from "@/lib/db/schema.ts";
import { once } from "@/lib/jobs/idempotency.ts";
import type { Jobs } from "@/lib/jobs/service.ts";

/** What makes a request the same request when it comes again: an `Idempotency-Key`, and who sent it where. */
export interface Repeatable {
  key: string;
  scope: string;
}

export type VerificationJobs = Pick<Jobs, "add" | "enqueue" | "ring">;

/** Queues the comparison of an adapter's file with its record, unless one waits or runs. */
export async function queueVerification(
  db: Db,
  jobs: VerificationJobs,
  id: string,
  repeatable?: Repeatable,
): Promise<{ jobId: string }> {
  const job = { kind: "verify", payload: { adapter_id: id }, dedupeKey: `verify:${id}` };
  if (!repeatable) return { jobId: (await jobs.enqueue(job)).id };
  const { response } = await once(db, { ...repeatable, body: id }, async (tx) => ({
    status: 202,
    response: { jobId: (await jobs.add(tx, job)).id },
  }));
  await jobs.ring("verify");
  return response as { jobId: string };
}
