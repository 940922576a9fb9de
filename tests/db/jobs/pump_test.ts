import assert from "node:assert/strict";
import { Conflict, Invalid, Unavailable } from "@/lib/errors.ts";
import { type JobContext, JobStopped } from "@/lib/jobs/handlers.ts";
import { forEachDatabase } from "../../support/database.ts";
import { aborted, JobRig, until } from "../../support/jobs.ts";

const put = (key: string) => ({ key, value: "1" });
const keys = async ({ db }: JobRig): Promise<string[]> =>
  (await db.selectFrom("setting").select("key").orderBy("key").execute()).map((row) => row.key);

forEachDatabase(
  "Pump runs jobs added before and after its start, and stores their results",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const before = await rig.add({ n: 1 });
    await rig.pump((job) => Promise.resolve({ got: job.payload, attempt: job.attempt }));
    const after = await rig.add({ n: 2 });
    for (const [id, n] of [[before, 1], [after, 2]] as const) {
      const job = await rig.jobs.wait(id);
      assert.deepEqual([job.status, job.result], ["succeeded", { got: { n }, attempt: 1 }]);
      assert.ok(job.finished_at instanceof Date);
    }
  },
);

forEachDatabase("Pump finds jobs without any bell", async (_t, open) => {
  await using rig = new JobRig(open);
  await rig.pump(() => Promise.resolve());
  const { id } = await rig.jobs.add(open.db, { kind: "work", payload: {} });
  assert.equal((await rig.jobs.wait(id)).status, "succeeded");
});

forEachDatabase("Pump runs no more jobs of a queue at a time than it may", async (_t, open) => {
  await using rig = new JobRig(open);
  let running = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  await rig.pump(async () => {
    most = Math.max(most, ++running);
    await gate.promise;
    running--;
  }, { concurrency: 3 });
  const ids = await Promise.all(Array.from({ length: 8 }, () => rig.add()));
  await until(() => running === 3);
  gate.resolve();
  for (const id of ids) assert.equal((await rig.jobs.wait(id)).status, "succeeded");
  assert.equal(most, 3);
});

forEachDatabase("Pump retries a failing job later, then files it as failed", async (_t, open) => {
  await using rig = new JobRig(open);
  const attempts: number[] = [];
  await rig.pump((job) => {
    attempts.push(job.attempt);
    throw new Error(`attempt ${job.attempt} went wrong`);
  });
  const { id } = await rig.jobs.enqueue({ kind: "work", payload: {}, maxAttempts: 2 });
  await until(async () => (await rig.jobs.get(id)).error !== null);
  const waiting = await rig.jobs.get(id);
  assert.equal(waiting.status, "pending");
  const delayMs = Date.parse(waiting.error!.retry_at!) - waiting.started_at!.getTime();
  assert.ok(delayMs >= 500, `retried after ${delayMs} ms`);
  assert.ok(waiting.run_at > waiting.started_at!);
  await rig.makeDue(id);
  const failed = await rig.jobs.wait(id);
  assert.deepEqual([failed.status, attempts], ["failed", [1, 2]]);
  assert.deepEqual(failed.error, { code: "internal", message: "attempt 2 went wrong", attempt: 2 });

  await rig.jobs.retry(id);
  await until(() => attempts.length === 3);
  assert.equal(attempts[2], 1);
});

forEachDatabase("Pump fails at once what will never succeed", async (_t, open) => {
  await using rig = new JobRig(open);
  await rig.pump(() => Promise.reject(new Invalid("no such folder")));
  const job = await rig.jobs.wait(await rig.add());
  assert.deepEqual([job.status, job.attempts, job.error?.code], ["failed", 1, "invalid"]);
});

forEachDatabase("Pump waits as long as a busy service asks it to", async (_t, open) => {
  await using rig = new JobRig(open);
  await rig.pump((job) => {
    throw job.payload.busy ? new Unavailable("busy", 120) : new Conflict("not now");
  });
  const [busy, conflict] = [await rig.add({ busy: true }), await rig.add()];
  await until(async () => (await rig.jobs.get(busy)).error !== null);
  const job = await rig.jobs.get(busy);
  assert.ok(job.run_at.getTime() - job.started_at!.getTime() >= 120_000);
  await until(async () => (await rig.jobs.get(conflict)).error !== null);
  assert.equal((await rig.jobs.get(conflict)).status, "pending");
});

forEachDatabase(
  "Pump fails a job whose payload version it does not know, without calling the handler",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const seen: number[] = [];
    await rig.pump((job) => Promise.resolve(void seen.push(job.version)), { versions: [1, 2] });
    const newer = await rig.jobs.enqueue({ kind: "work", payload: {}, version: 3 });
    const known = await rig.jobs.enqueue({ kind: "work", payload: {}, version: 2 });
    const job = await rig.jobs.wait(newer.id);
    assert.deepEqual([job.status, job.attempts, job.error?.code], [
      "failed",
      1,
      "unknown_payload_version",
    ]);
    assert.equal((await rig.jobs.wait(known.id)).status, "succeeded");
    assert.deepEqual(seen, [2]);
  },
);

forEachDatabase(
  "Jobs.cancel() stops the handler by the bell and keeps its effects out",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const started = Promise.withResolvers<JobContext>();
    const ended = Promise.withResolvers<unknown>();
    await rig.pump(async (_job, context) => {
      context.finishWith(async (tx) =>
        void await tx.insertInto("setting").values(put("effect")).execute()
      );
      started.resolve(context);
      await aborted(context.signal).catch(ended.resolve);
      // A handler that ignores the signal and claims to have finished.
      return { done: true };
    });
    const id = await rig.add();
    const context = await started.promise;
    await rig.jobs.cancel(id);
    const reason = await ended.promise;
    assert.ok(reason instanceof JobStopped && reason.why === "cancelled");
    await assert.rejects(context.checkpoint(() => Promise.resolve()), JobStopped);
    const job = await rig.jobs.wait(id);
    assert.deepEqual([job.status, job.result], ["cancelled", null]);
    assert.deepEqual(await keys(rig), []);
  },
);

forEachDatabase(
  "Pump notices a cancellation at renewal when the bell was lost",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const reason = Promise.withResolvers<unknown>();
    await rig.pump((_job, { signal }) => aborted(signal).catch(reason.resolve) as Promise<void>, {
      leaseMs: 150,
    });
    const id = await rig.add();
    await until(async () => (await rig.jobs.get(id)).status === "running");
    await open.db.updateTable("job").set({ status: "cancelled" }).where("id", "=", id).execute();
    assert.equal((await reason.promise as JobStopped).why, "cancelled");
  },
);

forEachDatabase(
  "JobContext.checkpoint() refuses a worker that lost its claim, and another finishes the job",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const lostNow = Promise.withResolvers<void>();
    const refused = Promise.withResolvers<unknown>();
    await rig.pump(async (job, { checkpoint, finishWith }) => {
      const write = (key: string) =>
        checkpoint(async (tx) => void await tx.insertInto("setting").values(put(key)).execute());
      await write(`checkpoint ${job.attempt}`);
      if (job.attempt === 1) {
        await rig.expireLease(job.id);
        await lostNow.promise;
        await write("stale").catch(refused.resolve);
      }
      finishWith(async (tx) =>
        void await tx.insertInto("setting").values(put(`effect ${job.attempt}`)).execute()
      );
    }, { concurrency: 2 });
    const id = await rig.add();
    const job = await rig.jobs.wait(id);
    lostNow.resolve();
    assert.ok(await refused.promise instanceof JobStopped);
    assert.deepEqual([job.status, job.attempts], ["succeeded", 2]);
    assert.deepEqual(await keys(rig), ["checkpoint 1", "checkpoint 2", "effect 2"]);
  },
);

forEachDatabase(
  "JobContext.finishWith() succeeds or fails together with the job",
  async (_t, open) => {
    await using rig = new JobRig(open);
    await rig.pump((job, { finishWith }) => {
      finishWith(async (tx) => void await tx.insertInto("setting").values(put("first")).execute());
      finishWith(() =>
        job.payload.fail ? Promise.reject(new Invalid("effect failed")) : Promise.resolve()
      );
      return Promise.resolve();
    });
    const failed = await rig.jobs.wait(await rig.add({ fail: true }));
    assert.deepEqual([failed.status, failed.error?.message], ["failed", "effect failed"]);
    assert.deepEqual(await keys(rig), []);
    assert.equal((await rig.jobs.wait(await rig.add())).status, "succeeded");
    assert.deepEqual(await keys(rig), ["first"]);
  },
);

forEachDatabase("Pump renews the lease of a job that runs for longer", async (_t, open) => {
  await using rig = new JobRig(open);
  let starts = 0;
  let renewals = 0;
  const options = { leaseMs: 300, concurrency: 2 };
  await rig.pump(async (job) => {
    starts++;
    const first = (await rig.jobs.get(job.id)).lease_until!.getTime();
    await until(async () => {
      renewals = (await rig.jobs.get(job.id)).lease_until!.getTime() - first;
      return renewals > 900;
    });
  }, options);
  const job = await rig.jobs.wait(await rig.add());
  assert.deepEqual([job.status, starts], ["succeeded", 1]);
});

forEachDatabase(
  "Pump.stop() starts nothing new and gives unfinished jobs back uncounted",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const deaf = Promise.withResolvers<void>();
    const started = new Set<unknown>();
    const refused = Promise.withResolvers<unknown>();
    const pump = await rig.pump(async (job, { signal, checkpoint }) => {
      started.add(job.payload.kind);
      if (job.payload.kind === "deaf") {
        await deaf.promise;
        await checkpoint(() => Promise.resolve()).catch(refused.resolve);
      }
      if (job.payload.kind === "obeys") await aborted(signal);
      if (job.payload.kind === "finishes") await aborted(signal).catch(() => {});
    }, { concurrency: 3 });
    const ids: Record<string, string> = {};
    for (const kind of ["deaf", "obeys", "finishes", "late"]) ids[kind] = await rig.add({ kind });
    await until(() => started.size === 3);
    await pump.stop({ graceMs: 100 });
    const outcome = async (kind: string) => {
      const { status, attempts } = await rig.jobs.get(ids[kind]!);
      return [status, attempts];
    };
    assert.deepEqual(await outcome("finishes"), ["succeeded", 1]);
    for (const kind of ["deaf", "obeys", "late"]) {
      assert.deepEqual(await outcome(kind), [
        "pending",
        0,
      ]);
    }
    assert.ok(!started.has("late"));

    await rig.pump(() => Promise.resolve({ by: "second" }));
    for (const kind of ["deaf", "obeys", "late"]) {
      assert.deepEqual((await rig.jobs.wait(ids[kind]!)).result, { by: "second" });
    }
    deaf.resolve();
    assert.ok(await refused.promise instanceof JobStopped);
  },
);
