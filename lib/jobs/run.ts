import { getLogger } from "@logtape/logtape";
import { DomainError, TooManyRequests, Unavailable } from "@/lib/errors.ts";
import type { Db, JobError, Tx } from "@/lib/db/schema.ts";
import { backoffMs } from "./backoff.ts";
import { type HandlerDefinition, type JobContext, JobStopped } from "./handlers.ts";
import type { ClaimedJob } from "./job.ts";
import { ProgressThinner } from "./progress.ts";
import { jobs } from "./repository.ts";

const log = getLogger(["lm", "jobs"]);
/** The list of failed jobs is for reading; a message is not a dump. */
const MESSAGE_CHARS = 2_000;

export interface RunDeps {
  db: Db;
  leaseMs: number;
  /** Called after each commit that wrote events. */
  announce: () => void;
}

/** One claimed job on its way through its handler. */
export class JobRun {
  readonly job: ClaimedJob;
  /** Resolves when the handler has returned and its outcome is stored; never rejects. */
  readonly done: Promise<void>;
  readonly #deps: RunDeps;
  readonly #stop = new AbortController();
  readonly #effects: ((tx: Tx) => Promise<void>)[] = [];
  /** When the lease ends unless renewed, by this process's clock. */
  #leaseEnd: number;

  constructor(job: ClaimedJob, definition: HandlerDefinition, deps: RunDeps) {
    this.job = job;
    this.#deps = deps;
    this.#leaseEnd = Date.now() + deps.leaseMs;
    this.done = this.#run(definition)
      // The lease runs out, and then another worker takes the job.
      .catch((error) => log.error("Cannot store a job's outcome", { jobId: job.id, error }));
  }

  stop(why: JobStopped["why"]): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(new JobStopped(why));
  }

  /** Gives the job back although its handler still runs; what that still writes is refused. */
  async abandon(): Promise<void> {
    await jobs(this.#deps.db).release(this.job);
    this.#deps.announce();
  }

  async #run({ handler, versions = [1] }: HandlerDefinition): Promise<void> {
    const { db, leaseMs, announce } = this.#deps;
    const renewal = new Renewal(() => this.#renew(), leaseMs / 3);
    const progress = new ProgressThinner(async (data) => {
      await jobs(db).progress(this.job, data).then(
        announce,
        (error) => log.warn("Cannot store progress", { jobId: this.job.id, error }),
      );
    });
    try {
      if (!versions.includes(this.job.version)) throw new UnknownVersion(this.job);
      const result = await handler(this.job, this.#context(progress)) ?? {};
      await progress.close();
      await this.#succeed(result);
    } catch (error) {
      await progress.close();
      await this.#give(error);
    } finally {
      await renewal.end();
      announce();
    }
  }

  #context(progress: ProgressThinner): JobContext {
    return {
      signal: this.#stop.signal,
      progress: (data) => progress.report(data),
      finishWith: (effects) => void this.#effects.push(effects),
      checkpoint: (work) =>
        this.#deps.db.transaction().execute(async (tx) => {
          await this.#hold(tx);
          return await work(tx);
        }),
    };
  }

  async #succeed(result: Record<string, unknown>): Promise<void> {
    const { db } = this.#deps;
    if (this.#effects.length === 0) {
      await jobs(db).succeed(this.job, result);
      return;
    }
    await db.transaction().execute(async (tx) => {
      await this.#hold(tx);
      for (const effects of this.#effects) await effects(tx);
      await jobs(tx).succeed(this.job, result);
    });
  }

  /** Locks the claim until the transaction ends. */
  async #hold(tx: Tx): Promise<void> {
    if (await jobs(tx).renew(this.job, this.#deps.leaseMs)) return;
    this.stop("lost");
    throw this.#stop.signal.reason;
  }

  async #give(error: unknown): Promise<void> {
    const { db } = this.#deps;
    const reason: unknown = this.#stop.signal.reason;
    if (reason instanceof JobStopped) {
      if (reason.why === "shutdown") await jobs(db).release(this.job);
      return;
    }
    const { id, kind, attempt, maxAttempts } = this.job;
    const last = attempt >= maxAttempts || isPermanent(error);
    const retryInMs = last ? null : Math.max(backoffMs(attempt), askedToWaitMs(error));
    log.warn("Job failed", { jobId: id, kind, attempt, retryInMs, error });
    await jobs(db).fail(this.job, describe(error, attempt), retryInMs);
  }

  async #renew(): Promise<void> {
    const { db, leaseMs } = this.#deps;
    try {
      const asked = Date.now();
      if (await jobs(db).renew(this.job, leaseMs)) this.#leaseEnd = asked + leaseMs;
      else {
        const now = await jobs(db).find(this.job.id);
        this.stop(now?.status === "cancelled" ? "cancelled" : "lost");
      }
    } catch (error) {
      log.warn("Cannot renew a job's lease", { jobId: this.job.id, error });
      if (Date.now() > this.#leaseEnd) this.stop("lost");
    }
  }
}

/** Calls `renew` regularly, never twice at a time. */
class Renewal {
  readonly #timer: ReturnType<typeof setInterval>;
  #busy: Promise<void> | undefined;

  constructor(renew: () => Promise<void>, everyMs: number) {
    this.#timer = setInterval(() => {
      this.#busy ??= renew().finally(() => this.#busy = undefined);
    }, everyMs);
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }
}

class UnknownVersion extends DomainError {
  readonly code = "unknown_payload_version";
  constructor({ kind, version }: ClaimedJob) {
    super(`This release does not know version ${version} of the payload of ${kind} jobs`);
  }
}

/** A refusal will be one again; being busy or down may pass. */
const isPermanent = (error: unknown): boolean =>
  error instanceof DomainError && error.code !== "conflict" && askedToWaitMs(error) === 0;

const askedToWaitMs = (error: unknown): number =>
  error instanceof Unavailable || error instanceof TooManyRequests ? error.retryAfterS * 1000 : 0;

const describe = (error: unknown, attempt: number): JobError => ({
  code: error instanceof DomainError ? error.code : "internal",
  message: (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE_CHARS),
  attempt,
});
