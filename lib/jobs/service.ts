import { Conflict, NotFound } from "@/lib/errors.ts";
import type { Db, JobStatus } from "@/lib/db/schema.ts";
import type { Events } from "@/lib/events/service.ts";
import { newId } from "@/lib/shared/id.ts";
import type { Bell } from "./bell.ts";
import { isFinal, type Job, type JobSpec } from "./job.ts";
import { JOB_KINDS, type JobKinds } from "./kinds.ts";
import { jobs } from "./repository.ts";

const UNIQUE_VIOLATION = "23505";

/** Adds jobs and answers for them; the `Pump` runs them. */
export class Jobs {
  readonly #db: Db;
  readonly #bell: Bell;
  readonly #events: Events;
  readonly #kinds: JobKinds;

  constructor({ db, bell, events, kinds = JOB_KINDS }: {
    db: Db;
    bell: Bell;
    events: Events;
    kinds?: JobKinds;
  }) {
    this.#db = db;
    this.#bell = bell;
    this.#events = events;
    this.#kinds = kinds;
  }

  /**
   * Adds a job in the caller's transaction, so that it exists if and only if what it is about does. Call `ring` with the
   * job's queue once that is committed.
   *
   * @returns `created` is false if an open job with the dedupe key is there already; `id` is then that one's.
   * @throws {RangeError} If no handler would ever run it.
   */
  async add(tx: Db, spec: JobSpec): Promise<{ id: string; created: boolean }> {
    const queue = Object.hasOwn(this.#kinds, spec.kind) ? this.#kinds[spec.kind]! : undefined;
    if (queue === undefined) throw new RangeError(`Cannot add a job: no kind ${spec.kind}`);
    if (spec.queue !== undefined && spec.queue !== queue) {
      throw new RangeError(`Cannot add a job: ${spec.kind} belongs in ${queue}, not ${spec.queue}`);
    }
    const id = newId();
    while (true) {
      if (await jobs(tx).insert(id, { ...spec, queue })) return { id, created: true };
      const open = await jobs(tx).findOpenByKey(spec.dedupeKey!);
      // It may have ended between the two statements: then its key is free.
      if (open) return { id: open.id, created: false };
    }
  }

  /** Adds a job in a transaction of its own and wakes the workers. */
  async enqueue(spec: JobSpec): Promise<{ id: string; created: boolean }> {
    const added = await this.add(this.#db, spec);
    await this.ring(this.#kinds[spec.kind]!);
    return added;
  }

  /** Wakes the workers of a queue, and those who watch jobs. */
  async ring(queue: string): Promise<void> {
    this.#events.announce();
    await this.#bell.ring({ queue });
  }

  /** @throws {NotFound} */
  async get(id: string): Promise<Job> {
    const job = await jobs(this.#db).find(id);
    if (!job) throw new NotFound("job", id);
    return job;
  }

  /** Newest first. */
  list(filter: { status?: JobStatus; kind?: string; limit: number }): Promise<Job[]> {
    return jobs(this.#db).list(filter);
  }

  /**
   * Cancels a job. A running one is asked to end; what it still writes is refused.
   *
   * @throws {NotFound}
   * @throws {Conflict} If it has ended.
   */
  async cancel(id: string): Promise<Job> {
    const cancelled = await jobs(this.#db).cancel(id);
    if (!cancelled) throw await this.#refusal(id, "cancel");
    this.#events.announce();
    await this.#bell.ring({ cancelled: id });
    return cancelled;
  }

  /**
   * Runs a failed or cancelled job again, with all its attempts.
   *
   * @throws {NotFound}
   * @throws {Conflict} If it is in another state, or another open job has its dedupe key.
   */
  async retry(id: string): Promise<Job> {
    let retried: Job | undefined;
    try {
      retried = await jobs(this.#db).retry(id);
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      throw new Conflict(`Cannot retry job ${id}: another one like it is waiting or running`, {
        cause,
      });
    }
    if (!retried) throw await this.#refusal(id, "retry");
    await this.ring(retried.queue);
    return retried;
  }

  /**
   * Waits until a job has succeeded, failed or been cancelled.
   *
   * @throws The signal's reason, if that aborts first.
   */
  async wait(id: string, signal?: AbortSignal): Promise<Job> {
    let job = await this.get(id);
    if (isFinal(job.status)) return job;
    for await (const event of this.#events.subscribe({ jobId: id, signal })) {
      if (event.type !== "status") continue;
      job = await this.get(id);
      if (isFinal(job.status)) return job;
    }
    signal?.throwIfAborted();
    return job;
  }

  async #refusal(id: string, action: string): Promise<Error> {
    const { status } = await this.get(id);
    return new Conflict(`Cannot ${action} job ${id}: it is ${status}`);
  }
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION;
