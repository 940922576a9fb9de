const encoder = new TextEncoder();

export interface ServerSentEvent {
  /** Becomes the `id:` line; a browser that reconnects sends the last one back. */
  id?: string | number;
  /** Becomes the `event:` line; browsers call it "message" when absent. */
  event?: string;
  data: unknown;
}

export interface SseOptions {
  heartbeatMs?: number;
  /** How long a browser waits before it reconnects. */
  retryMs?: number;
}

/**
 * Streams events as `text/event-stream`. One event is read per chunk the client takes, so a slow client
 * makes the source wait and nothing piles up here.
 *
 * @param subscribe Gives the events until its signal aborts, which happens when the client goes away.
 * @param ended Ends the stream from this side, e.g. when the server stops.
 */
export function sseResponse(
  subscribe: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  ended: AbortSignal,
  { heartbeatMs = 15_000, retryMs = 2_000 }: SseOptions = {},
): Response {
  const gone = new AbortController();
  const iterator = subscribe(gone.signal)[Symbol.asyncIterator]();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let out: ReadableStreamDefaultController<Uint8Array> | null = null;

  function send(text: string): void {
    out?.enqueue(encoder.encode(text));
  }
  async function stop(): Promise<void> {
    if (!out) return;
    out = null;
    clearInterval(heartbeat);
    ended.removeEventListener("abort", end);
    gone.abort();
    await iterator.return?.();
  }
  function end(): void {
    out?.close();
    void stop();
  }

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      out = controller;
      if (ended.aborted) return end();
      ended.addEventListener("abort", end, { once: true });
      send(`retry: ${retryMs}\n\n`);
      // A comment keeps proxies from closing an idle stream, and makes a dead client noticeable.
      heartbeat = setInterval(() => send(": \n\n"), heartbeatMs);
    },
    async pull() {
      try {
        const next = await iterator.next();
        if (next.done) end();
        else send(frame(next.value));
      } catch (error) {
        out?.error(error);
        await stop();
      }
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // Asks nginx not to collect events into larger chunks.
      "x-accel-buffering": "no",
    },
  });
}

/** The `seq` to resume after: the `Last-Event-ID` of a reconnecting browser, else `?after=`. */
export function resumeAfter(request: Request): number | undefined {
  const text = request.headers.get("last-event-id") ??
    new URL(request.url).searchParams.get("after");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function frame({ id, event, data }: ServerSentEvent): string {
  // JSON has no raw line breaks, so the data is always one line.
  return (id === undefined ? "" : `id: ${id}\n`) + (event ? `event: ${event}\n` : "") +
    `data: ${JSON.stringify(data)}\n\n`;
}
