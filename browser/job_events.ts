/** News of a job, as `/api/v1/events` and a job's own stream tell them. */
export interface JobNews {
  job_id: string;
  kind: string;
  status?: "pending" | "running" | "succeeded" | "failed" | "cancelled";
  progress?: Record<string, unknown>;
}

/**
 * Listens to one job from its beginning, or to all from now on; reconnects by itself.
 *
 * @param path An event stream of the API.
 * @returns Stops listening.
 */
export function onJobNews(path: string, listener: (news: JobNews) => void): () => void {
  const source = new EventSource(path);
  source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as JobNews);
  return () => source.close();
}
