import { workerUrl } from "./worker_url.ts";

/** There is no Worker to be had (its source is absent, or the platform has none): do it in this thread. */
export class WorkerUnavailable extends Error {
  override name = "WorkerUnavailable";
}

/** The Worker died over one of the calls in hand; a new one is started for the next call. */
export class WorkerCrashed extends Error {
  override name = "WorkerCrashed";
}

export type CallMessage<Q> = { id: number; question: Q };
export type ReplyMessage<A> =
  | { type: "ready" }
  | { type: "answer"; id: number; answer: A }
  | { type: "error"; id: number; message: string }
  | { type: "progress"; id: number; progress: number };

interface Call<A> {
  resolve: (answer: A) => void;
  reject: (error: Error) => void;
  onProgress?: (progress: number) => void;
}

/** Questions to a Worker that answers them in order; its module calls `serveCalls()`. */
export class WorkerCalls<Q, A> implements Disposable {
  readonly #path: string;
  #worker: Worker | null = null;
  #isReady = false;
  #calls = new Map<number, Call<A>>();
  #lastId = 0;

  /** @param path Of the Worker's module, relative to the project's root. Loads at once, in parallel to the caller. */
  constructor(path: string) {
    this.#path = path;
    this.#start();
  }

  /**
   * @throws {WorkerUnavailable} If the Worker cannot start.
   * @throws {WorkerCrashed} If it dies, over this call or another in hand.
   * @throws {Error} With the message of what the Worker's handler threw.
   */
  call(question: Q, onProgress?: (progress: number) => void): Promise<A> {
    if (!this.#worker) this.#start();
    const worker = this.#worker;
    if (!worker) return Promise.reject(new WorkerUnavailable(`Cannot start ${this.#path}`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, onProgress });
      worker.postMessage({ id, question } satisfies CallMessage<Q>);
    });
  }

  [Symbol.dispose](): void {
    this.#end(new WorkerCrashed("The Worker was closed"));
  }

  #start(): void {
    try {
      const worker = new Worker(workerUrl(this.#path), { type: "module" });
      this.#isReady = false;
      worker.onmessage = ({ data }: MessageEvent<ReplyMessage<A>>) => this.#take(data);
      worker.onerror = (event) => {
        event.preventDefault();
        if (this.#worker !== worker) return;
        const Kind = this.#isReady ? WorkerCrashed : WorkerUnavailable;
        this.#end(new Kind(`${this.#path}: ${event.message}`));
      };
      this.#worker = worker;
    } catch {
      // Reported by the first call, which has somebody to tell.
      this.#worker = null;
    }
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    const calls = this.#calls;
    this.#calls = new Map();
    for (const call of calls.values()) call.reject(error);
  }

  #take(reply: ReplyMessage<A>): void {
    if (reply.type === "ready") {
      this.#isReady = true;
      return;
    }
    const call = this.#calls.get(reply.id);
    if (!call) return;
    if (reply.type === "progress") return call.onProgress?.(reply.progress);
    this.#calls.delete(reply.id);
    if (reply.type === "answer") call.resolve(reply.answer);
    else call.reject(new Error(reply.message));
  }
}
