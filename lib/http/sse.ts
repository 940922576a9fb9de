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
 * Streams `events` as `text/event-stream`. One event is read per chunk the client takes, so a slow client
 * makes the iterator wait and nothing piles up here. When the client goes away, or the server aborts the
 * request, the iterator's `return()` is called.
 */
export function sseResponse(
  events: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
  { heartbeatMs = 15_000, retryMs = 2_000 }: SseOptions = {},
): Response {
  const iterator = events[Symbol.asyncIterator]();
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let out: ReadableStreamDefaultController<Uint8Array> | null = null;

  function send(text: string): void {
    out?.enqueue(encoder.encode(text));
  }
  async function stop(): Promise<void> {
    if (!out) return;
    out = null;
    clearInterval(heartbeat);
    signal.removeEventListener("abort", end);
    await iterator.return?.();
  }
  function end(): void {
    out?.close();
    void stop();
  }

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      out = controller;
      if (signal.aborted) return end();
      signal.addEventListener("abort", end, { once: true });
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
