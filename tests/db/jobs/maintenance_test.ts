import assert from "node:assert/strict";
import { sql } from "kysely";
import { onPGlite, openDatabase } from "@/lib/db/open.ts";
import type { Db } from "@/lib/db/schema.ts";
import { prune, vacuumIfIdle } from "@/lib/jobs/maintenance.ts";
import { forEachDatabase, makeDataDir, memoryPGlite } from "../../support/database.ts";
import { JobRig } from "../../support/jobs.ts";

const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

forEachDatabase(
  "prune() removes events after an hour and answers after a day",
  async (_t, open) => {
    await using rig = new JobRig(open);
    await rig.add();
    await open.db.insertInto("idempotency")
      .values({ key: "k", scope: "s", body_hash: "", status: 200, response: "null" }).execute();
    assert.deepEqual(await prune(open.db, later(0.9)), { events: 0, jobs: 0, answers: 0 });
    assert.deepEqual(await prune(open.db, later(1.1)), { events: 1, jobs: 0, answers: 0 });
    assert.deepEqual(await prune(open.db, later(24.1)), { events: 0, jobs: 0, answers: 1 });
  },
);

forEachDatabase(
  "prune() removes ended jobs after 30 days, but none of the newest 100 and no open one",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const ids: string[] = [];
    await open.db.transaction().execute(async (tx) => {
      for (let n = 0; n < 105; n++) {
        ids.push((await rig.jobs.add(tx, { kind: "work", payload: {} })).id);
      }
    });
    // All have one creation time; ids decide which are the oldest.
    for (const id of ids.slice(0, 4)) await rig.jobs.cancel(id);
    assert.equal((await prune(open.db, later(29 * 24))).jobs, 0);
    assert.equal((await prune(open.db, later(31 * 24))).jobs, 4);
    const left = await rig.jobs.list({ limit: 200 });
    assert.deepEqual(left.map((job) => job.id).sort(), ids.slice(4));
  },
);

const fill = (db: Db, rows: number) =>
  sql`insert into setting (key, value) select 'k' || n, '1' from generate_series(1, ${rows}::int4) n`
    .execute(db);
const change = (db: Db) => sql`update setting set value = '2'`.execute(db);

/** Pages of the table's file, each 8 KiB. */
async function pagesOf(db: Db): Promise<number> {
  const { rows: [size] } = await sql<{ pages: number }>`
    select (pg_relation_size('setting') / 8192)::int4 as pages`.execute(db);
  return size!.pages;
}

async function deadRows(db: Db): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(db);
  const { rows: [table] } = await sql<{ dead: number }>`
    select n_dead_tup::int4 as dead from pg_stat_user_tables where relname = 'setting'`.execute(db);
  return table!.dead;
}

Deno.test("vacuumIfIdle() frees the space of dead rows on PGlite, if there are many", async () => {
  const open = onPGlite(await memoryPGlite());
  const { db } = open;
  await fill(db, 3000);
  await sql`update setting set value = '3' where key like 'k20%'`.execute(db);
  assert.deepEqual(await vacuumIfIdle(open), [], "a few dead rows may stay");
  await change(db);
  assert.ok(await deadRows(db) > 3000);
  assert.deepEqual(await vacuumIfIdle(open), ["setting"]);
  assert.equal(await deadRows(db), 0);
  const pages = await pagesOf(db);
  await change(db);
  assert.deepEqual(await vacuumIfIdle(open), ["setting"]);
  assert.equal(await pagesOf(db), pages, "new versions take the place of dead ones");
  assert.deepEqual(await vacuumIfIdle(open), []);
  await open.close();
});

Deno.test("vacuumIfIdle() on PGlite finds the dead rows that another process left", async () => {
  const dataDir = await makeDataDir();
  const before = await openDatabase({ dataDir, databaseUrl: null });
  await fill(before.db, 20_000);
  await change(before.db);
  await before.close();
  const open = await openDatabase({ dataDir, databaseUrl: null });
  assert.deepEqual(await vacuumIfIdle(open), ["setting"]);
  await open.close();
  await Deno.remove(dataDir, { recursive: true });
});

forEachDatabase("vacuumIfIdle() leaves a working server alone", async (_t, open) => {
  await using rig = new JobRig(open);
  await rig.add();
  await open.db.updateTable("job").set({ status: "running" }).execute();
  let calls = 0;
  const vacuum = () => Promise.resolve([`call ${++calls}`]);
  assert.deepEqual(await vacuumIfIdle({ db: open.db, vacuum }), []);
  await open.db.updateTable("job").set({ status: "pending" }).execute();
  assert.deepEqual(await vacuumIfIdle({ db: open.db, vacuum }), ["call 1"]);
});
