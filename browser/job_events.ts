/** News of a job, as the API's event streams tell them. */
export interface JobNews {
  job_id: string;
  kind: string;
  status?: "pending" | "running" | "succeeded" | "failed" | "cancelled";
  progress?: Record<string, unknown>;
}

type Listener = (news: JobNews) => void;

const listeners = new Set<Listener>();
let stopAll: (() => void) | null = null;
let opened: Promise<void> = Promise.resolve();

/**
 * Listens to all jobs from now on. However many listen, the page holds one connection: browsers allow a server six,
 * over all tabs.
 *
 * @returns Stops listening.
 */
export function onJobNews(listener: Listener): () => void {
  listeners.add(listener);
  if (stopAll === null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    opened = promise;
    stopAll = listen("/api/v1/events", (news) => {
      for (const each of listeners) each(news);
    }, resolve);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopAll?.();
    stopAll = null;
  };
}

/** Resolves once the connection stands: what happened before that has to be asked for. */
export const jobNewsOpen = (): Promise<void> => opened;

/** Listens to one import, from its beginning. @returns Stops listening. */
export const onImportNews = (id: string, listener: Listener): () => void =>
  listen(`/api/v1/imports/${id}/events`, listener);

function listen(path: string, listener: Listener, onOpen: () => void = () => {}): () => void {
  const source = new EventSource(path);
  source.onopen = onOpen;
  source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as JobNews);
  return () => source.close();
}
