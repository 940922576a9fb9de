/// <reference lib="deno.worker" />
import type { CallMessage, ReplyMessage } from "./worker_calls.ts";

/** The Worker's side of `WorkerCalls`: answers each question, in the order asked. */
export function serveCalls<Q, A>(
  handle: (question: Q, progress: (done: number) => void) => A | Promise<A>,
): void {
  const reply = (message: ReplyMessage<A>) => self.postMessage(message);
  let last: Promise<void> = Promise.resolve();
  self.onmessage = ({ data }: MessageEvent<CallMessage<Q>>) => {
    const { id, question } = data;
    last = last.then(async () => {
      try {
        const answer = await handle(question, (progress) => {
          reply({ type: "progress", id, progress });
        });
        reply({ type: "answer", id, answer });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        reply({ type: "error", id, message });
      }
    });
  };
  reply({ type: "ready" });
}
