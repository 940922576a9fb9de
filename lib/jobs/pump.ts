import { getLogger } from "@logtape/logtape";
import type { Db } from "@/lib/db/schema.ts";
import type { Events } from "@/lib/events/service.ts";
import type { Bell, BellMessage } from "./bell.ts";
import type { Handlers } from "./handlers.ts";
import { JobRun } from "./run.ts";
import type { Job } from "./job.ts";
import { jobs } from "./repository.ts";

const log = getLogger(["lm", "jobs"]);

const LEASE_MS = 60_000;
const LOOK_MS = 1_000;
const GRACE_MS = 5_000;

export interface PumpDeps {
  db: Db;
  bell: Bell;
  events: Events;
  handlers: Handlers;
  /** Names this worker in the job table. */
  worker?: string;
  /** A worker silent for this long loses its jobs, 60 s by default; renewed at a third of it. */
  leaseMs?: number;
  /**
   * No other process can run jobs, as with the embedded database: what is marked as running at the start was left behind
   * by a killed process, and there is no need to wait for its lease to end.
   */
  sole?: boolean;
  /** How often to look without the bell, 1 s by default. */
  lookMs?: number;
}

interface Queue {
  name: string;
  concurrency: number;
  kinds: string[];
  running: Map<string, JobRun>;
  /** The claiming under way, if any. */
  looking: Promise<void> | undefined;
  /** It was asked to look again meanwhile. */
  again: boolean;
}

/** Claims jobs and runs them, as many at a time as each queue allows. */
export class Pump {
  readonly #deps: PumpDeps;
  readonly #worker: string;
  readonly #leaseMs: number;
  readonly #queues = new Map<string, Queue>();
  #stopListening: (() => Promise<void>) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #burying: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(deps: PumpDeps) {
    this.#deps = deps;
    this.#worker = deps.worker ?? `${Deno.hostname()}:${Deno.pid}`;
    this.#leaseMs = deps.leaseMs ?? LEASE_MS;
    for (const [name, { concurrency, kinds }] of deps.handlers.queues) {
      const queue = {
        name,
        concurrency,
        kinds,
        running: new Map(),
        looking: undefined,
        again: false,
      };
      this.#queues.set(name, queue);
    }
  }

  async start(): Promise<void> {
    if (this.#deps.sole) await jobs(this.#deps.db).expireLeases([...this.#queues.keys()]);
    this.#stopListening = await this.#deps.bell.listen((message) => this.#hear(message));
    this.#timer = setInterval(() => this.#lookEverywhere(), this.#deps.lookMs ?? LOOK_MS);
    this.#lookEverywhere();
  }

  /**
   * Starts no further job, asks the running ones to end and gives back those that did not finish, to be started by
   * whoever looks next; that attempt does not count.
   *
   * @param graceMs How long to wait for handlers; later ones are given back while they still run.
   */
  stop({ graceMs = GRACE_MS }: { graceMs?: number } = {}): Promise<void> {
    return this.#stopping ??= this.#stop(graceMs);
  }

  async #stop(graceMs: number): Promise<void> {
    clearInterval(this.#timer);
    await this.#stopListening?.();
    await this.#burying;
    const queues = [...this.#queues.values()];
    await Promise.all(queues.map((queue) => queue.looking));
    const runs = queues.flatMap((queue) => [...queue.running.values()]);
    for (const run of runs) run.stop("shutdown");
    await atMost(graceMs, Promise.all(runs.map((run) => run.done)));
    await Promise.all(
      queues.flatMap((queue) => [...queue.running.values()]).map((run) => run.abandon()),
    );
  }

  #hear(message: BellMessage): void {
    if ("queue" in message) {
      const queue = this.#queues.get(message.queue);
      if (queue) this.#look(queue);
      return;
    }
    for (const queue of this.#queues.values()) {
      queue.running.get(message.cancelled)?.stop("cancelled");
    }
  }

  #lookEverywhere(): void {
    this.#burying ??= this.#bury().finally(() => this.#burying = undefined);
    for (const queue of this.#queues.values()) this.#look(queue);
  }

  async #bury(): Promise<void> {
    try {
      const buried = await jobs(this.#deps.db).bury([...this.#queues.keys()]);
      if (buried.length > 0) this.#deps.events.announce();
    } catch (error) {
      log.warn("Cannot look for lost jobs", { error });
    }
  }

  #look(queue: Queue): void {
    if (this.#stopping) return;
    if (queue.looking) {
      queue.again = true;
      return;
    }
    queue.looking = this.#claimAll(queue)
      .catch((error) => {
        queue.again = false;
        log.warn("Cannot claim jobs", { queue: queue.name, error });
      })
      .finally(() => {
        queue.looking = undefined;
        if (queue.again) this.#look(queue);
      });
  }

  async #claimAll(queue: Queue): Promise<void> {
    const { db } = this.#deps;
    do {
      queue.again = false;
      while (!this.#stopping && queue.running.size < queue.concurrency) {
        const job = await jobs(db).claim({
          queue: queue.name,
          kinds: queue.kinds,
          worker: this.#worker,
          leaseMs: this.#leaseMs,
        });
        if (!job) break;
        this.#begin(queue, job);
      }
    } while (queue.again && !this.#stopping && queue.running.size < queue.concurrency);
  }

  #begin(queue: Queue, row: Job): void {
    const { db, events, handlers } = this.#deps;
    const { id, kind, version, payload, attempts, max_attempts, fence } = row;
    events.announce();
    const run = new JobRun(
      {
        id,
        kind,
        queue: queue.name,
        version,
        payload,
        attempt: attempts,
        maxAttempts: max_attempts,
        fence,
      },
      // Only kinds of these handlers are claimed.
      handlers.byKind.get(kind)!,
      { db, leaseMs: this.#leaseMs, announce: () => events.announce() },
    );
    // A job may be claimed again here while a run of it that lost its claim still ends.
    queue.running.get(id)?.stop("lost");
    queue.running.set(id, run);
    run.done.then(() => {
      if (queue.running.get(id) === run) queue.running.delete(id);
      this.#look(queue);
    });
  }
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((done) => timer = setTimeout(done, ms));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
