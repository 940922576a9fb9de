import assert from "node:assert/strict";
import fc from "fast-check";
import { jobs } from "@/lib/jobs/repository.ts";
import { forEachDatabase } from "../../support/database.ts";
import { JobRig } from "../../support/jobs.ts";

const BY = { queue: "work", kinds: ["work"], worker: "test", leaseMs: 60_000 };

forEachDatabase("jobs.claim() follows priority, then time, then id", async (_t, open) => {
  await using rig = new JobRig(open);
  const arbitrary = fc.array(
    fc.record({
      priority: fc.constantFrom(1, 50, 100),
      minutesAgo: fc.constantFrom(0, 1, 5),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const now = Date.now() - 60_000;
  await fc.assert(
    fc.asyncProperty(arbitrary, async (specs) => {
      const added: { id: string; priority: number; at: number }[] = [];
      for (const { priority, minutesAgo } of specs) {
        const at = now - minutesAgo * 60_000;
        const { id } = await rig.jobs.add(open.db, {
          kind: "work",
          payload: {},
          priority,
          runAt: new Date(at),
        });
        added.push({ id, priority, at });
      }
      const expected = added.sort((a, b) =>
        a.priority - b.priority || a.at - b.at || (a.id < b.id ? -1 : 1)
      );
      for (const { id } of expected) assert.equal((await jobs(open.db).claim(BY))?.id, id);
      assert.equal(await jobs(open.db).claim(BY), undefined);
    }),
    { numRuns: 20 },
  );
});

forEachDatabase(
  "jobs.claim() leaves jobs that are not due, of other queues or of unknown kinds",
  async (_t, open) => {
    await using rig = new JobRig(open);
    await rig.jobs.enqueue({ kind: "work", payload: {}, runAt: new Date(Date.now() + 60_000) });
    await rig.jobs.enqueue({ kind: "other", payload: {} });
    assert.equal(await jobs(open.db).claim(BY), undefined);
    await rig.add();
    assert.equal(await jobs(open.db).claim({ ...BY, kinds: ["newer"] }), undefined);
    assert.ok(await jobs(open.db).claim(BY));
  },
);

forEachDatabase("jobs.claim() from many at once gives each job to one", async (_t, open) => {
  await using rig = new JobRig(open);
  for (let n = 0; n < 20; n++) await rig.add({ n });
  const claimed = await Promise.all(Array.from({ length: 30 }, () => jobs(open.db).claim(BY)));
  const ids = claimed.flatMap((job) => job ? [job.id] : []);
  assert.equal(new Set(ids).size, ids.length);
  // SKIP LOCKED may pass over a row that another is just taking; whoever looks again finds the rest.
  for (let job; (job = await jobs(open.db).claim(BY));) ids.push(job.id);
  assert.equal(new Set(ids).size, 20);
});

forEachDatabase(
  "jobs.claim() takes over from a silent worker and fences it off",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const id = await rig.add();
    const stale = (await jobs(open.db).claim(BY))!;
    assert.equal(await jobs(open.db).claim(BY), undefined);
    await rig.expireLease(id);
    const fresh = (await jobs(open.db).claim(BY))!;
    assert.deepEqual([fresh.id, fresh.fence, fresh.attempts], [id, stale.fence + 1, 2]);

    const error = { code: "x", message: "x", attempt: 1 };
    assert.equal(await jobs(open.db).renew(stale, 1000), false);
    assert.equal(await jobs(open.db).progress(stale, {}), false);
    assert.equal(await jobs(open.db).succeed(stale, {}), false);
    assert.equal(await jobs(open.db).fail(stale, error, null), false);
    assert.equal(await jobs(open.db).release(stale), false);
    assert.equal((await rig.jobs.get(id)).status, "running");
    assert.equal(await jobs(open.db).renew(fresh, 1000), true);
    assert.equal(await jobs(open.db).succeed(fresh, { ok: true }), true);
  },
);

forEachDatabase("jobs.renew() keeps a claim beyond its first lease", async (_t, open) => {
  await using rig = new JobRig(open);
  const id = await rig.add();
  const claim = (await jobs(open.db).claim(BY))!;
  await rig.expireLease(id);
  assert.equal(await jobs(open.db).renew(claim, 60_000), true);
  assert.equal(await jobs(open.db).claim(BY), undefined);
});

forEachDatabase(
  "jobs.bury() fails a job whose worker was lost on the last attempt",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const { id } = await rig.jobs.enqueue({ kind: "work", payload: {}, maxAttempts: 2 });
    for (let attempt = 1; attempt <= 2; attempt++) {
      assert.deepEqual(await jobs(open.db).bury(["work"]), []);
      assert.equal((await jobs(open.db).claim(BY))?.attempts, attempt);
      await rig.expireLease(id);
    }
    assert.equal(await jobs(open.db).claim(BY), undefined);
    assert.equal((await jobs(open.db).bury(["work"])).length, 1);
    const job = await rig.jobs.get(id);
    assert.deepEqual([job.status, job.error?.code, job.error?.attempt], [
      "failed",
      "worker_lost",
      2,
    ]);
  },
);

forEachDatabase("jobs.release() gives the attempt back", async (_t, open) => {
  await using rig = new JobRig(open);
  const id = await rig.add();
  const claim = (await jobs(open.db).claim(BY))!;
  assert.equal(await jobs(open.db).release(claim), true);
  const job = await rig.jobs.get(id);
  assert.deepEqual([job.status, job.attempts, job.lease_until], ["pending", 0, null]);
});

forEachDatabase(
  "jobs.expireLeases() frees what a killed process left running",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const id = await rig.add();
    await jobs(open.db).claim(BY);
    await jobs(open.db).expireLeases(["other"]);
    assert.equal(await jobs(open.db).claim(BY), undefined);
    await jobs(open.db).expireLeases(["work"]);
    assert.equal((await jobs(open.db).claim(BY))?.id, id);
  },
);
