import assert from "node:assert/strict";
import { sql } from "kysely";
import { openDatabase } from "@/lib/db/open.ts";
import type { Db } from "@/lib/db/schema.ts";
import { NotifyBell } from "@/lib/jobs/bell.ts";
import { Pump } from "@/lib/jobs/pump.ts";
import { Events } from "@/lib/events/service.ts";
import { Jobs } from "@/lib/jobs/service.ts";
import { makeDataDir } from "../../support/database.ts";
import { until } from "../../support/jobs.ts";
import {
  effectHandlers,
  KILL_ATTEMPTS,
  KILL_KINDS,
  type KillWorkerOptions,
} from "../../support/kill_worker.ts";
import { createDatabase, hasPostgres } from "../../support/postgres.ts";
import { report } from "../../support/report.ts";

/** The long version, by hand: LM_TEST_KILLS=100 LM_TEST_KILL_JOBS=10000. */
const KILLS = Number(Deno.env.get("LM_TEST_KILLS") ?? 8);
const JOBS = Number(Deno.env.get("LM_TEST_KILL_JOBS") ?? 1_600);
const CYCLES = Math.max(3, Math.round(KILLS / 4));
const JOBS_PER_CYCLE = Math.round(JOBS / KILLS / 2);
const LEASE_MS = 1_000;
const WORKERS = 3;
const SCRIPT = new URL("../../support/kill_worker.ts", import.meta.url).pathname;

/** A worker process and what it has said so far. */
class Worker {
  readonly lines: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #read: Promise<void>;

  constructor(options: KillWorkerOptions) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", SCRIPT, JSON.stringify(options)],
      stdout: "piped",
    }).spawn();
    this.#read = this.#collect();
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
    await this.#read;
  }

  async #collect(): Promise<void> {
    let text = "";
    for await (const chunk of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (text + chunk).split("\n");
      text = lines.pop()!;
      this.lines.push(...lines);
    }
  }
}

const count = async (db: Db): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from effect`.execute(db)).rows[0]!.n;

const openJobs = async (db: Db): Promise<number> =>
  (await db.selectFrom("job").select("id").where("status", "in", ["pending", "running"]).execute())
    .length;

const createEffects = (db: Db) => sql`create table effect (job_id uuid, fence bigint)`.execute(db);

/** 0 lost, 0 doubled: every job succeeded, and its effect is there once, made by the claim that finished it. */
async function assertOnceEach(db: Db, ids: string[]): Promise<void> {
  const { rows } = await sql<{ id: string; status: string; fence: number; fences: number[] }>`
    select id, status, job.fence,
      coalesce(array_agg(effect.fence) filter (where job_id is not null), '{}') as fences
    from job left join effect on job_id = id group by id`.execute(db);
  const lost = rows.filter((row) => row.status !== "succeeded" || row.fences.length === 0);
  const doubled = rows.filter((row) => row.fences.length > 1);
  const foreign = rows.filter((row) => row.fences[0] !== row.fence);
  assert.deepEqual({ lost, doubled, foreign }, { lost: [], doubled: [], foreign: [] });
  assert.equal(await count(db), rows.length);
  const present = new Set(rows.map((row) => row.id));
  assert.deepEqual(ids.filter((id) => !present.has(id)), []);
}

Deno.test({
  name: `Pump on Postgres: ${KILLS} SIGKILLs among ${WORKERS} workers lose and double nothing`,
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const { db, channel, close } = await openDatabase({ dataDir: "", databaseUrl: database.url });
    await createEffects(db);
    const events = new Events({ db, channel });
    const jobs = new Jobs({ db, bell: new NotifyBell(channel), events, kinds: KILL_KINDS });
    const options = { databaseUrl: database.url, dataDir: "", leaseMs: LEASE_MS, add: 0 };
    const workers = Array.from({ length: WORKERS }, () => new Worker(options));
    const ids: string[] = [];
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const batch = Math.round(JOBS / KILLS);
        await db.transaction().execute(async (tx) => {
          for (let n = 0; n < batch; n++) {
            const spec = { kind: "work", payload: {}, maxAttempts: KILL_ATTEMPTS };
            ids.push((await jobs.add(tx, spec)).id);
          }
        });
        await jobs.ring("work");
        // Somewhere within the batch, wherever that is by then.
        const target = ids.length - Math.ceil(Math.random() * batch);
        await until(async () => await count(db) >= target);
        const index = Math.floor(Math.random() * WORKERS);
        await workers[index]!.kill();
        workers[index] = new Worker(options);
      }
      const lastKill = performance.now();
      await until(async () => await count(db) >= ids.length);
      const settledMs = Math.round(performance.now() - lastKill);
      await until(async () => await openJobs(db) === 0);
      await assertOnceEach(db, ids);
      const { rows: [totals] } = await sql<{ taken: number }>`
        select sum(fence - 1) as taken from job`.execute(db);
      const { taken } = totals!;
      report(
        `${ids.length} jobs, ${taken} taken over, settled ${settledMs} ms after the last kill`,
      );
    } finally {
      for (const worker of workers) await worker.kill();
      await events.close();
      await close();
      await database.drop();
    }
  },
});

Deno.test({
  name: `Pump on PGlite: ${CYCLES} SIGKILLs and restarts lose and double nothing`,
  fn: async () => {
    const dataDir = await makeDataDir();
    const options = { databaseUrl: null, dataDir, leaseMs: LEASE_MS };
    const setup = await openDatabase(options);
    await createEffects(setup.db);
    await setup.close();
    const ids: string[] = [];
    const restartMs: number[] = [];
    try {
      for (let cycle = 0; cycle <= CYCLES; cycle++) {
        const started = performance.now();
        const worker = new Worker({ ...options, add: JOBS_PER_CYCLE });
        // Anywhere from the first committed job to well into the work.
        const target = Math.ceil(Math.random() * JOBS_PER_CYCLE);
        await until(() => worker.lines.length >= target);
        if (cycle > 0) restartMs.push(Math.round(performance.now() - started));
        if (cycle % 2 === 1) await until(() => worker.lines.includes("ready"));
        await worker.kill();
        ids.push(
          ...worker.lines.filter((line) => line !== "ready").map((line) => line.split(" ")[1]!),
        );
      }
      await finish(dataDir, ids);
      const slowest = Math.max(...restartMs);
      report(`${ids.length} jobs acknowledged, slowest restart ${slowest} ms`);
    } finally {
      await Deno.remove(dataDir, { recursive: true });
    }
  },
});

/** Does what is left in this process, then looks at the outcome. */
async function finish(dataDir: string, ids: string[]): Promise<void> {
  const { db, channel, close } = await openDatabase({ dataDir, databaseUrl: null });
  const events = new Events({ db, channel });
  const pump = new Pump({
    db,
    events,
    bell: new NotifyBell(channel),
    handlers: effectHandlers(LEASE_MS),
    leaseMs: LEASE_MS,
    sole: true,
  });
  await pump.start();
  await until(async () => await openJobs(db) === 0);
  await pump.stop();
  await assertOnceEach(db, ids);
  await events.close();
  await close();
}
