import type { Signal } from "@preact/signals";
import { isOver } from "@/lib/shared/import_view.ts";
import type { JobView } from "@/lib/jobs/schema.ts";
import { shareDone } from "@/lib/shared/job_share.ts";
import { load } from "./http.ts";
import type { RunningJob } from "@/islands/JobRing.tsx";
import { jobNewsOpen, onJobNews } from "./job_events.ts";

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
  // What ended between the page and the connection would otherwise run for ever.
  void jobNewsOpen().then(() => catchUp(running, onEnd)).then((isIdle) => isIdle && stop());
  return stop;
}

/** Asks what runs now. @returns True if nothing does. */
async function catchUp(
  running: Signal<readonly RunningJob[]>,
  onEnd: () => void,
): Promise<boolean> {
  const { items } = await load<{ items: JobView[] }>("/api/v1/jobs?status=running&limit=20");
  const before = running.value;
  running.value = items.map(({ id, progress }) => ({ id, share: shareDone(progress) }));
  if (before.some(({ id }) => items.every((job) => job.id !== id))) onEnd();
  return items.length === 0;
}
