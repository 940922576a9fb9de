import assert from "node:assert/strict";
import { prune } from "@/lib/jobs/maintenance.ts";
import { forEachDatabase } from "../../support/database.ts";
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
