import { type RawBuilder, sql } from "kysely";
import type { Db, JobError, JobStatus } from "@/lib/db/schema.ts";
import { withEvents } from "@/lib/events/append.ts";
import type { Claim, Job, JobSpec } from "./job.ts";

const COLUMN_NAMES = [
  ...["id", "queue", "kind", "version", "payload", "status", "priority", "run_at", "attempts"],
  ...["max_attempts", "fence", "lease_until", "worker", "progress", "result", "error"],
  ...["dedupe_key", "created_at", "started_at", "finished_at"],
] as (keyof Job)[];
const COLUMNS = sql.join(COLUMN_NAMES.map((name) => sql.ref(name)));

const STATUS_EVENT =
  sql`('status', jsonb_build_object('status', changed.status, 'attempts', changed.attempts))`;
const ERROR_EVENT = sql`('error', changed.error)`;
const RESULT_EVENT = sql`('result', changed.result)`;

const fromNow = (ms: number): RawBuilder<Date> =>
  sql`now() + make_interval(secs => ${ms / 1000}::float8)`;

/** Times are the database's throughout: the clocks of two workers need not agree. */
export const jobs = (db: Db) => ({
  find: (id: string): Promise<Job | undefined> =>
    db.selectFrom("job").select(COLUMN_NAMES).where("id", "=", id).executeTakeFirst(),

  /** Newest first. */
  list: (
    { status, kind, limit }: { status?: JobStatus; kind?: string; limit: number },
  ): Promise<Job[]> =>
    db.selectFrom("job").select(COLUMN_NAMES)
      .$if(status !== undefined, (query) => query.where("status", "=", status!))
      .$if(kind !== undefined, (query) => query.where("kind", "=", kind!))
      .orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute(),

  /** Undefined if a pending or running job has the dedupe key. */
  insert: (id: string, spec: JobSpec & { queue: string }): Promise<Job | undefined> =>
    one(
      db,
      withEvents(
        sql<Job>`
        insert into job (id, queue, kind, version, payload, priority, run_at, max_attempts, dedupe_key)
        values (${id}, ${spec.queue}, ${spec.kind}, ${spec.version ?? 1}, ${
          JSON.stringify(spec.payload)
        },
          ${spec.priority ?? 100}, coalesce(${spec.runAt ?? null}::timestamptz, now()),
          ${spec.maxAttempts ?? 3}, ${spec.dedupeKey ?? null})
        on conflict (dedupe_key) where dedupe_key is not null and status in ('pending', 'running') do nothing
        returning ${COLUMNS}`,
        STATUS_EVENT,
      ),
    ),

  findOpenByKey: (dedupeKey: string): Promise<{ id: string } | undefined> =>
    db.selectFrom("job").select("id").where("dedupe_key", "=", dedupeKey)
      .where("status", "in", ["pending", "running"]).executeTakeFirst(),

  /**
   * Takes the next runnable job: first one whose worker went silent, then the pending one that is due.
   *
   * The second look is lazy: it locks nothing if the first finds a job.
   */
  claim: ({ queue, kinds, worker, leaseMs }: {
    queue: string;
    kinds: string[];
    worker: string;
    leaseMs: number;
  }): Promise<Job | undefined> =>
    one(
      db,
      withEvents(
        sql<Job>`
        update job set status = 'running', fence = fence + 1, attempts = attempts + 1,
          lease_until = ${
          fromNow(leaseMs)
        }, worker = ${worker}, started_at = now(), finished_at = null
        where id = (
          with silent as (
            select id from job
            where queue = ${queue} and status = 'running' and lease_until < now()
              and attempts < max_attempts and kind = any(${kinds}::text[])
            order by lease_until limit 1 for update skip locked
          ), due as (
            select id from job
            where queue = ${queue} and status = 'pending' and run_at <= now() and kind = any(${kinds}::text[])
            order by priority, run_at, id limit 1 for update skip locked
          )
          select id from (select id from silent union all select id from due) as runnable limit 1
        )
        returning ${COLUMNS}`,
        STATUS_EVENT,
      ),
    ),

  /** Fails the jobs whose worker went silent on the last attempt. */
  bury: (queues: string[]): Promise<Job[]> =>
    all(
      db,
      withEvents(
        sql<Job>`
        update job set status = 'failed', finished_at = now(), lease_until = null,
          error = jsonb_build_object('code', 'worker_lost', 'attempt', attempts,
            'message', 'The worker ' || coalesce(worker, '') || ' stopped answering')
        where id in (
          select id from job
          where queue = any(${queues}::text[]) and status = 'running' and lease_until < now()
            and attempts >= max_attempts
          limit 100 for update skip locked
        )
        returning ${COLUMNS}`,
        sql`${ERROR_EVENT}, ${STATUS_EVENT}`,
      ),
    ),

  /** Makes all running jobs claimable now. Right only while no other process can be running them. */
  expireLeases: async (queues: string[]): Promise<void> => {
    await sql`
      update job set lease_until = '-infinity'
      where queue = any(${queues}::text[]) and status = 'running'`.execute(db);
  },

  /** False if this claim no longer holds. In a transaction, it then holds until the end of it: the row is locked. */
  renew: async ({ id, fence }: Claim, leaseMs: number): Promise<boolean> =>
    await one(
      db,
      sql`
      update job set lease_until = ${fromNow(leaseMs)} where ${held(id, fence)} returning id`,
    ) !== undefined,

  progress: async ({ id, fence }: Claim, data: Record<string, unknown>): Promise<boolean> =>
    await one(
      db,
      withEvents(
        sql`update job set progress = ${JSON.stringify(data)} where ${
          held(id, fence)
        } returning id, progress`,
        sql`('progress', changed.progress)`,
      ),
    ) !== undefined,

  succeed: async ({ id, fence }: Claim, result: Record<string, unknown>): Promise<boolean> =>
    await one(
      db,
      withEvents(
        sql`
        update job set status = 'succeeded', result = ${JSON.stringify(result)}, error = null,
          finished_at = now(), lease_until = null
        where ${held(id, fence)}
        returning id, status, attempts, result`,
        sql`${RESULT_EVENT}, ${STATUS_EVENT}`,
      ),
    ) !== undefined,

  /** @param retryInMs Null for the last time. */
  fail: async (
    { id, fence }: Claim,
    error: JobError,
    retryInMs: number | null,
  ): Promise<boolean> => {
    const failed = retryInMs === null
      ? sql`status = 'failed', finished_at = now(), error = ${JSON.stringify(error)}::jsonb`
      : sql`status = 'pending', run_at = ${fromNow(retryInMs)},
          error = ${JSON.stringify(error)}::jsonb || jsonb_build_object('retry_at', ${
        fromNow(retryInMs)
      })`;
    return await one(
      db,
      withEvents(
        sql`
        update job set ${failed}, lease_until = null where ${held(id, fence)}
        returning id, status, attempts, error`,
        sql`${ERROR_EVENT}, ${STATUS_EVENT}`,
      ),
    ) !== undefined;
  },

  /** Gives an unfinished job back, as if it had not been started. */
  release: async ({ id, fence }: Claim): Promise<boolean> =>
    await one(
      db,
      withEvents(
        sql`
        update job set status = 'pending', attempts = attempts - 1, run_at = now(), lease_until = null
        where ${held(id, fence)}
        returning id, status, attempts`,
        STATUS_EVENT,
      ),
    ) !== undefined,

  cancel: (id: string): Promise<Job | undefined> =>
    one(
      db,
      withEvents(
        sql<Job>`
        update job set status = 'cancelled', finished_at = now(), lease_until = null
        where id = ${id} and status in ('pending', 'running')
        returning ${COLUMNS}`,
        STATUS_EVENT,
      ),
    ),

  /** Makes a failed or cancelled job run again, with all its attempts. */
  retry: (id: string): Promise<Job | undefined> =>
    one(
      db,
      withEvents(
        sql<Job>`
        update job set status = 'pending', attempts = 0, run_at = now(), finished_at = null,
          error = null, result = null, progress = '{}'
        where id = ${id} and status in ('failed', 'cancelled')
        returning ${COLUMNS}`,
        STATUS_EVENT,
      ),
    ),
});

const held = (id: string, fence: number): RawBuilder<boolean> =>
  sql`id = ${id} and fence = ${fence} and status = 'running'`;

async function all<T>(db: Db, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(db)).rows;
}

async function one<T>(db: Db, query: RawBuilder<T>): Promise<T | undefined> {
  return (await all(db, query))[0];
}
