import { sql } from "kysely";
import type { OpenDatabase } from "@/lib/db/open.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Events } from "@/lib/events/service.ts";
import { NotifyBell } from "@/lib/jobs/bell.ts";
import { defineHandlers, type HandlerMap, type JobHandler } from "@/lib/jobs/handlers.ts";
import { Pump, type PumpDeps } from "@/lib/jobs/pump.ts";
import { Jobs } from "@/lib/jobs/service.ts";

export const TEST_KINDS = { work: "work", other: "other" } as const;
const idle: JobHandler = () => Promise.resolve();

/** Everything around jobs on one database, with handlers of the test's choice; `await using` stops it all. */
export class JobRig implements AsyncDisposable {
  readonly db: Db;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly bell: NotifyBell;
  readonly #pumps: Pump[] = [];

  constructor({ db, channel }: OpenDatabase) {
    this.db = db;
    this.bell = new NotifyBell(channel);
    this.events = new Events({ db, channel });
    this.jobs = new Jobs({ db, bell: this.bell, events: this.events, kinds: TEST_KINDS });
  }

  /** Starts a worker whose `work` jobs run `handler`. */
  async pump(
    handler: JobHandler,
    options: Partial<PumpDeps> & { concurrency?: number; versions?: number[] } = {},
  ): Promise<Pump> {
    const { concurrency, versions, ...deps } = options;
    const handlers: HandlerMap = {
      work: { queue: "work", concurrency, versions, handler },
      other: { queue: "other", handler: idle },
    };
    const pump = new Pump({
      db: this.db,
      bell: this.bell,
      events: this.events,
      handlers: defineHandlers(handlers, TEST_KINDS),
      lookMs: 50,
      ...deps,
    });
    this.#pumps.push(pump);
    await pump.start();
    return pump;
  }

  /** Adds a `work` job. */
  async add(payload: Record<string, unknown> = {}): Promise<string> {
    return (await this.jobs.enqueue({ kind: "work", payload })).id;
  }

  /** Makes the lease of a running job end now, as if its worker had been silent for that long. */
  async expireLease(id: string): Promise<void> {
    await sql`update job set lease_until = now() - interval '1 second' where id = ${id}`.execute(
      this.db,
    );
  }

  /** Makes a job that waits for its retry due now. */
  async makeDue(id: string): Promise<void> {
    await sql`update job set run_at = now() where id = ${id}`.execute(this.db);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pump of this.#pumps) await pump.stop();
    await this.events.close();
  }
}

/** Polls until `claim` holds; the test's own time limit bounds it. */
export async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  while (!await claim()) await new Promise((done) => setTimeout(done, 5));
}

/** A promise that ends, by rejecting with the reason, when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
