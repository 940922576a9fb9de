import { getLogger } from "@logtape/logtape";
import { type Described, describeGroups, type DescribeTask } from "./describe_group.ts";
import { WorkerCalls, WorkerCrashed, WorkerUnavailable } from "./worker_calls.ts";

const log = getLogger(["lm", "importer"]);

/** Leaves a core to the database and the pages; more than three readers only wait for the disk. */
const WORKERS = Math.max(1, Math.min(3, navigator.hardwareConcurrency - 1));

/** Describes batches of groups in Workers: parsing is the larger half of an import's work. */
export class Describer implements Disposable {
  readonly #workers: WorkerCalls<DescribeTask, Described[]>[] = [];
  #next = 0;

  /** How many batches can be in hand at once without one waiting for another's Worker. */
  readonly parallel = WORKERS;

  /** A batch never fails as a whole: a group whose files bring a Worker down becomes a problem. */
  async describe(task: DescribeTask): Promise<Described[]> {
    try {
      return await this.#worker().call(task);
    } catch (error) {
      if (error instanceof WorkerUnavailable) {
        log.warn("Describing in the main thread: {error}", { error });
        return await describeHere(task);
      }
      if (!(error instanceof WorkerCrashed)) throw error;
      if (task.items.length > 1) return await this.#oneByOne(task);
      const { path, model } = task.items[0]!.group;
      log.error("A Worker died over {path}: {error}", { path, error });
      const reason = `Reading it failed: ${error.message}`;
      return [{
        path,
        isAdapter: model !== null,
        name: path,
        version: "",
        nsfw: 0,
        isUnreadable: true,
        problems: [{ file: path.slice(path.lastIndexOf("/") + 1), reason }],
        row: null,
        update: null,
      }];
    }
  }

  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker[Symbol.dispose]();
  }

  async #oneByOne(task: DescribeTask): Promise<Described[]> {
    const answers: Described[] = [];
    for (const item of task.items) {
      answers.push(...await this.describe({ ...task, items: [item] }));
    }
    return answers;
  }

  /** Started at need: a scan that finds no change starts none. */
  #worker(): WorkerCalls<DescribeTask, Described[]> {
    const index = this.#next++ % WORKERS;
    return this.#workers[index] ??= new WorkerCalls("lib/importer/describe_worker.ts");
  }
}

async function describeHere(task: DescribeTask): Promise<Described[]> {
  const answers: Described[] = [];
  for (const item of task.items) {
    answers.push(...describeGroups({ ...task, items: [item] }));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return answers;
}
