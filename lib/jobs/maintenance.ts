import { getLogger } from "@logtape/logtape";
import { sql } from "kysely";
import type { OpenDatabase } from "@/lib/db/open.ts";
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

/**
 * Vacuums, unless a job runs: it would wait for that, and leave dead rows again.
 *
 * @returns The tables that had many dead rows.
 */
export async function vacuumIfIdle(
  { db, vacuum }: Pick<OpenDatabase, "db" | "vacuum">,
): Promise<string[]> {
  const running = await db.selectFrom("job").select("id").where("status", "=", "running")
    .executeTakeFirst();
  return running ? [] : await vacuum();
}

/** Prunes at start and every ten minutes, when it vacuums too. Several processes may do so at once. */
export class Maintenance {
  readonly #database: Pick<OpenDatabase, "db" | "vacuum">;
  #timer: ReturnType<typeof setInterval> | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(database: Pick<OpenDatabase, "db" | "vacuum">) {
    this.#database = database;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#prune();
      this.#vacuum();
    }, EVERY_MS);
    // No vacuum yet: the first pages would wait for it.
    this.#prune();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
  }

  #prune(): void {
    this.#then("Cannot prune", async () => {
      log.debug("Pruned", { ...await prune(this.#database.db) });
    });
  }

  #vacuum(): void {
    this.#then("Cannot vacuum", async () => {
      const tables = await vacuumIfIdle(this.#database);
      if (tables.length > 0) log.info("Vacuumed", { tables });
    });
  }

  #then(complaint: "Cannot prune" | "Cannot vacuum", work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error) => log.warn(complaint, { error }));
  }
}
