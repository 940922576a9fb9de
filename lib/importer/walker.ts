import { getLogger } from "@logtape/logtape";
import {
  type CompareEnd,
  type CompareStep,
  type CompareTask,
  compareTree,
} from "./compare_tree.ts";
import type { WalkAnswer, WalkQuestion } from "./walk_worker.ts";
import { WorkerCalls, WorkerUnavailable } from "./worker_calls.ts";

const log = getLogger(["lm", "importer"]);

/** Steps asked for ahead of the one in hand. */
const AHEAD = 4;

/**
 * Compares a tree with the catalog in a Worker, so that a slow or dead drive never holds up a page. Made early, it
 * loads while the caller asks the database what is known.
 */
export class Walker implements Disposable {
  readonly #worker = new WorkerCalls<WalkQuestion, WalkAnswer>("lib/importer/walk_worker.ts");

  /** @throws {Error} If the root cannot be walked at all. */
  async *run(task: CompareTask): AsyncGenerator<CompareStep, CompareEnd> {
    const asked: Promise<WalkAnswer>[] = [];
    const ask = (question: WalkQuestion) => {
      const answer = this.#worker.call(question);
      // Those still in hand when the walk fails or is dropped fail too, and nobody will ask for them.
      answer.catch(() => {});
      asked.push(answer);
    };
    ask(task);
    for (let i = 1; i < AHEAD; i++) ask(null);
    for (let steps = 0;; steps++) {
      let answer: WalkAnswer;
      try {
        answer = await asked.shift()!;
      } catch (error) {
        if (!(error instanceof WorkerUnavailable) || steps > 0) throw error;
        log.warn("Walking in the main thread: {error}", { error });
        return yield* inThisThread(task);
      }
      if (answer && "end" in answer) return answer.end;
      ask(null);
      if (answer) yield answer.step;
    }
  }

  [Symbol.dispose](): void {
    this.#worker[Symbol.dispose]();
  }
}

async function* inThisThread(task: CompareTask): AsyncGenerator<CompareStep, CompareEnd> {
  const tree = compareTree(task);
  for (;;) {
    const next = tree.next();
    if (next.done) return next.value;
    yield next.value;
    // A macrotask, so that requests get their turn between two folders.
    await new Promise((resolve) => setTimeout(resolve));
  }
}
