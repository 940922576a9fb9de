import { getLogger } from "@logtape/logtape";
import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";

const log = getLogger(["lm", "jobs"]);
const EVERY_MS = 10 * 60_000;

export interface Pruned {
  events: number;
  jobs: number;
  answers: number;
}

/**
 * Removes what nobody asks for any more: events after an hour, ended jobs after 30 days (but not the newest 100, so that
 * a rarely used server still shows its last import), answers to idempotency keys after a day.
 *
 * @param now For tests; the present by default.
 */
export async function prune(db: Db, now: Date = new Date()): Promise<Pruned> {
  const ago = (hours: number) =>
    sql<Date>`${now}::timestamptz - make_interval(hours => ${hours}::int4)`;
  const events = await db.deleteFrom("job_event").where("at", "<", ago(1)).executeTakeFirst();
  const jobs = await db.deleteFrom("job").where("finished_at", "<", ago(30 * 24))
    .where("status", "in", ["succeeded", "failed", "cancelled"])
    .where(
      "id",
      "not in",
      (newest) =>
        newest.selectFrom("job").select("id").orderBy("created_at", "desc").orderBy("id", "desc")
          .limit(100),
    )
    .executeTakeFirst();
  const answers = await db.deleteFrom("idempotency").where("created_at", "<", ago(24))
    .executeTakeFirst();
  return {
    events: Number(events.numDeletedRows),
    jobs: Number(jobs.numDeletedRows),
    answers: Number(answers.numDeletedRows),
  };
}

/** Prunes at start and every ten minutes. Several processes may do so at once. */
export class Maintenance {
  readonly #db: Db;
  #timer: ReturnType<typeof setInterval> | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor({ db }: { db: Db }) {
    this.#db = db;
  }

  start(): void {
    this.#timer = setInterval(() => this.#prune(), EVERY_MS);
    this.#prune();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
  }

  #prune(): void {
    this.#work = this.#work.then(async () => {
      try {
        log.debug("Pruned", { ...await prune(this.#db) });
      } catch (error) {
        log.warn("Cannot prune", { error });
      }
    });
  }
}
