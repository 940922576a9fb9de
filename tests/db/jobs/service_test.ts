import assert from "node:assert/strict";
import { Conflict, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import { forEachDatabase } from "../../support/database.ts";
import { JobRig } from "../../support/jobs.ts";

forEachDatabase("Jobs.add() is part of the caller's transaction", async (_t, open) => {
  await using rig = new JobRig(open);
  const failed = open.db.transaction().execute(async (tx) => {
    await tx.insertInto("setting").values({ key: "a", value: "1" }).execute();
    await rig.jobs.add(tx, { kind: "work", payload: {} });
    throw new Error("rolled back");
  });
  await assert.rejects(failed, { message: "rolled back" });
  assert.deepEqual(await rig.jobs.list({ limit: 10 }), []);
  assert.deepEqual(await open.db.selectFrom("job_event").select("seq").execute(), []);

  await open.db.transaction().execute((tx) =>
    rig.jobs.add(tx, { kind: "work", payload: { n: 1 } })
  );
  const [job, ...more] = await rig.jobs.list({ limit: 10 });
  assert.deepEqual(more, []);
  assert.deepEqual(
    { status: job?.status, payload: job?.payload, attempts: job?.attempts },
    { status: "pending", payload: { n: 1 }, attempts: 0 },
  );
});

forEachDatabase("Jobs.add() refuses what no handler would run", async (_t, open) => {
  await using rig = new JobRig(open);
  const add = (kind: string, queue?: string) => rig.jobs.add(open.db, { kind, queue, payload: {} });
  await assert.rejects(add("unknown"), { name: "RangeError", message: /no kind unknown/ });
  await assert.rejects(add("toString"), { name: "RangeError" });
  await assert.rejects(add("work", "other"), { name: "RangeError", message: /belongs in work/ });
});

forEachDatabase("Jobs.enqueue() keeps one open job per dedupe key", async (_t, open) => {
  await using rig = new JobRig(open);
  const spec = { kind: "work", payload: {}, dedupeKey: "scan:1" };
  const added = await Promise.all([1, 2, 3, 4].map(() => rig.jobs.enqueue(spec)));
  assert.equal(added.filter((one) => one.created).length, 1);
  assert.equal(new Set(added.map((one) => one.id)).size, 1);

  await rig.jobs.cancel(added[0]!.id);
  const next = await rig.jobs.enqueue(spec);
  assert.ok(next.created);
  await assert.rejects(rig.jobs.retry(added[0]!.id), Conflict);
});

forEachDatabase("Jobs.list() filters and puts the newest first", async (_t, open) => {
  await using rig = new JobRig(open);
  const first = await rig.add();
  const second = await rig.add();
  const { id: other } = await rig.jobs.enqueue({ kind: "other", payload: {} });
  await rig.jobs.cancel(first);
  const ids = async (filter: Parameters<typeof rig.jobs.list>[0]) =>
    (await rig.jobs.list(filter)).map((job) => job.id);
  assert.deepEqual(await ids({ limit: 2 }), [other, second]);
  assert.deepEqual(await ids({ limit: 9, kind: "work" }), [second, first]);
  assert.deepEqual(await ids({ limit: 9, status: "cancelled" }), [first]);
});

forEachDatabase("Jobs.cancel() and retry() refuse what they cannot do", async (_t, open) => {
  await using rig = new JobRig(open);
  for (const action of ["get", "cancel", "retry"] as const) {
    await assert.rejects(rig.jobs[action](newId()), NotFound);
  }
  const id = await rig.add();
  await assert.rejects(rig.jobs.retry(id), { name: "Conflict", message: /it is pending/ });
  assert.equal((await rig.jobs.cancel(id)).status, "cancelled");
  await assert.rejects(rig.jobs.cancel(id), { name: "Conflict", message: /it is cancelled/ });
  const retried = await rig.jobs.retry(id);
  assert.deepEqual(
    { status: retried.status, attempts: retried.attempts, finished: retried.finished_at },
    { status: "pending", attempts: 0, finished: null },
  );
});

forEachDatabase("Jobs.wait() ends with the job, or with its signal", async (_t, open) => {
  await using rig = new JobRig(open);
  const id = await rig.add();
  const stop = new AbortController();
  const given = assert.rejects(rig.jobs.wait(id, stop.signal), { message: "enough" });
  stop.abort(new Error("enough"));
  await given;

  const waiting = rig.jobs.wait(id);
  await rig.pump(() => Promise.resolve({ answer: 42 }));
  const job = await waiting;
  assert.deepEqual([job.status, job.result], ["succeeded", { answer: 42 }]);
  assert.equal((await rig.jobs.wait(id)).status, "succeeded");
});
