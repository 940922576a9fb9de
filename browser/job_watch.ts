import type { Signal } from "@preact/signals";
import { isOver } from "@/lib/shared/import_view.ts";
import { shareDone } from "@/lib/shared/job_share.ts";
import type { RunningJob } from "@/islands/JobRing.tsx";
import { onJobNews } from "./job_events.ts";

/**
 * Keeps `running` current from the server's events until none is left.
 *
 * @param onEnd Called when a job ended: what is on the page may have changed.
 * @returns Stops watching.
 */
export function watchJobs(running: Signal<readonly RunningJob[]>, onEnd: () => void): () => void {
  const stop = onJobNews(({ job_id: id, status, progress }) => {
    const others = running.value.filter((job) => job.id !== id);
    if (status !== undefined && isOver(status)) {
      running.value = others;
      onEnd();
      if (others.length === 0) stop();
    } else {
      const before = running.value.find((job) => job.id === id)?.share ?? null;
      running.value = [...others, { id, share: progress ? shareDone(progress) : before }];
    }
  });
  return stop;
}
