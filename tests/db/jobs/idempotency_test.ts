import assert from "node:assert/strict";
import { Conflict } from "@/lib/errors.ts";
import { once } from "@/lib/jobs/idempotency.ts";
import { forEachDatabase } from "../../support/database.ts";
import { JobRig } from "../../support/jobs.ts";

const REQUEST = { key: "k", scope: "POST /imports", body: '{"path":"/a"}' };

forEachDatabase(
  "once() gives a repetition the first answer and does the work once",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const start = () =>
      once(open.db, REQUEST, async (tx) => {
        const { id } = await rig.jobs.add(tx, { kind: "work", payload: {} });
        return { status: 202, response: { id } };
      });
    const answers = await Promise.all([start(), start(), start()]);
    const jobs = await rig.jobs.list({ limit: 9 });
    assert.equal(jobs.length, 1);
    for (const answer of answers) assert.deepEqual(answer.response, { id: jobs[0]!.id });
    assert.deepEqual(answers.map((answer) => answer.repeated).sort(), [false, true, true]);
    assert.equal((await start()).status, 202);
  },
);

forEachDatabase("once() refuses a key that comes back with another body", async (_t, { db }) => {
  const answer = () => Promise.resolve({ status: 200, response: null });
  await once(db, REQUEST, answer);
  await assert.rejects(once(db, { ...REQUEST, body: "{}" }, answer), (error) => {
    assert.ok(error instanceof Conflict);
    assert.equal(error.code, "idempotency_key_reused");
    return true;
  });
  assert.equal(
    (await once(db, { ...REQUEST, scope: "elsewhere", body: "{}" }, answer)).repeated,
    false,
  );
});

forEachDatabase("once() keeps nothing of work that failed", async (_t, open) => {
  await using rig = new JobRig(open);
  const failing = once(open.db, REQUEST, async (tx) => {
    await rig.jobs.add(tx, { kind: "work", payload: {} });
    throw new Error("failed");
  });
  await assert.rejects(failing, { message: "failed" });
  assert.deepEqual(await rig.jobs.list({ limit: 9 }), []);
  const next = await once(open.db, REQUEST, () => Promise.resolve({ status: 201, response: {} }));
  assert.equal(next.repeated, false);
});
