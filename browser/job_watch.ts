import type { Signal } from "@preact/signals";
import { shareDone } from "@/lib/shared/job_share.ts";
import type { RunningJob } from "@/islands/JobRing.tsx";

interface JobMessage {
  job_id: string;
  status?: string;
  progress?: Record<string, unknown>;
}

const OVER = new Set(["succeeded", "failed", "cancelled"]);

/**
 * Keeps `running` current from the server's events until none is left.
 *
 * @param onEnd Called when a job ended: what is on the page may have changed.
 * @returns Stops watching.
 */
export function watchJobs(running: Signal<readonly RunningJob[]>, onEnd: () => void): () => void {
  const source = new EventSource("/api/v1/events");
  source.onmessage = (event: MessageEvent<string>) => {
    const { job_id: id, status, progress } = JSON.parse(event.data) as JobMessage;
    const others = running.value.filter((job) => job.id !== id);
    if (status !== undefined && OVER.has(status)) {
      running.value = others;
      onEnd();
      if (others.length === 0) source.close();
    } else {
      const before = running.value.find((job) => job.id === id)?.share ?? null;
      running.value = [...others, { id, share: progress ? shareDone(progress) : before }];
    }
  };
  return () => source.close();
}
