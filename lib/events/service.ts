import { getLogger } from "@logtape/logtape";
import type { Selectable } from "kysely";
import type { Channel } from "@/lib/db/listen.ts";
import type { Db, JobEventTable } from "@/lib/db/schema.ts";

const log = getLogger(["lm", "events"]);

export type JobEvent = Selectable<JobEventTable>;

const CHANNEL = "lm_job_event";
/** Announcements within this time go out as one. */
const COALESCE_MS = 15;
/** How often to look without being told, in case an announcement was lost. */
const LOOK_MS = 1_000;
const BATCH = 500;

/** Lets any process watch what jobs do, from any point of the last hour on. */
export class Events {
  readonly #db: Db;
  readonly #channel: Channel;
  #listening: Promise<() => Promise<void>> | undefined;
  #announcing: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every announcement heard. */
  #news = 0;
  readonly #sleepers = new Set<() => void>();
  readonly #closed = new AbortController();

  constructor({ db, channel }: { db: Db; channel: Channel }) {
    this.#db = db;
    this.#channel = channel;
  }

  /** Tells the watchers of all processes that events were committed. */
  announce(): void {
    if (this.#closed.signal.aborted) return;
    this.#announcing ??= setTimeout(() => {
      this.#announcing = undefined;
      this.#channel.notify(CHANNEL, "")
        .catch((error) => log.warn("Cannot announce events", { error }));
    }, COALESCE_MS);
  }

  /**
   * Events in the order they were committed, without end: until `signal` aborts or the service closes.
   *
   * @param options.jobId Of this job only; otherwise of all jobs.
   * @param options.after Events later than this `seq`. By default all that are kept of one job, or from now on of all.
   */
  async *subscribe(
    { jobId, after, signal }: { jobId?: string; after?: number; signal?: AbortSignal },
  ): AsyncGenerator<JobEvent, void, void> {
    const ended = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    await (this.#listening ??= this.#listen());
    let last = after ?? (jobId === undefined ? await this.#latest() : 0);
    while (!ended.aborted) {
      // Taken before reading: news that arrive meanwhile are not missed.
      const news = this.#news;
      const events = await this.#read(last, jobId);
      for (const event of events) {
        last = event.seq;
        yield event;
        if (ended.aborted) return;
      }
      if (events.length < BATCH && news === this.#news) await this.#pause(ended);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#announcing);
    this.#announcing = undefined;
    await (await this.#listening)?.();
  }

  #listen(): Promise<() => Promise<void>> {
    return this.#channel.listen(CHANNEL, () => {
      this.#news++;
      for (const wake of this.#sleepers) wake();
    });
  }

  /** Until news, the end, or the time to look again. */
  async #pause(ended: AbortSignal): Promise<void> {
    if (ended.aborted) return;
    const { promise, resolve: wake } = Promise.withResolvers<void>();
    const timer = setTimeout(wake, LOOK_MS);
    const end = () => wake();
    ended.addEventListener("abort", end, { once: true });
    this.#sleepers.add(wake);
    await promise;
    this.#sleepers.delete(wake);
    clearTimeout(timer);
    ended.removeEventListener("abort", end);
  }

  async #latest(): Promise<number> {
    const row = await this.#db.selectFrom("job_event")
      .select((e) => e.fn.max("seq").as("seq")).executeTakeFirst();
    return row?.seq ?? 0;
  }

  #read(after: number, jobId: string | undefined): Promise<JobEvent[]> {
    return this.#db.selectFrom("job_event").select(["seq", "job_id", "type", "data", "at"])
      .where("seq", ">", after)
      .$if(jobId !== undefined, (query) => query.where("job_id", "=", jobId!))
      .orderBy("seq").limit(BATCH).execute();
  }
}
