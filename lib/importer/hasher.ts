import { type FileHashes, hashFile } from "./hash_file.ts";
import type { HashQuestion } from "./hash_worker.ts";
import { unlessAborted } from "./unless_aborted.ts";
import { WorkerCalls, WorkerUnavailable } from "./worker_calls.ts";

/** Hashes files in a Worker, so that the event loop never waits for it. */
export class Hasher implements Disposable {
  readonly #worker = new WorkerCalls<HashQuestion, FileHashes>("lib/importer/hash_worker.ts");

  /**
   * @param onBytes Bytes of this file read so far, now and then.
   * @throws What `hashFile` throws; the signal's reason if it is aborted.
   */
  async hash(
    question: HashQuestion,
    signal: AbortSignal,
    onBytes: (done: number) => void,
  ): Promise<FileHashes> {
    try {
      return await unlessAborted(this.#worker.call(question, onBytes), signal);
    } catch (error) {
      if (error instanceof WorkerUnavailable) return await hashHere(question, signal, onBytes);
      // It may still read a file of many gigabytes that nobody wants hashed any more.
      if (signal.aborted) this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#worker[Symbol.dispose]();
  }
}

async function hashHere(
  { root, relPath }: HashQuestion,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<FileHashes> {
  const steps = hashFile(root, relPath);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    onBytes(next.value);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
}
