import assert from "node:assert/strict";
import { Events, type JobEvent } from "@/lib/events/service.ts";
import { openDatabase } from "@/lib/db/open.ts";
import { forEachDatabase } from "../../support/database.ts";
import { JobRig } from "../../support/jobs.ts";
import { createDatabase, hasPostgres } from "../../support/postgres.ts";

/** Collects events until one satisfies `last`. */
async function collect(
  events: AsyncIterable<JobEvent>,
  last: (event: JobEvent) => boolean,
): Promise<JobEvent[]> {
  const seen: JobEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (last(event)) break;
  }
  return seen;
}

const succeeded = (event: JobEvent): boolean =>
  event.type === "status" && event.data.status === "succeeded";
const shape = (event: JobEvent) => event.type === "status" ? String(event.data.status) : event.type;

forEachDatabase("Events.subscribe() tells a job's whole story in order", async (_t, open) => {
  await using rig = new JobRig(open);
  const id = await rig.add();
  await rig.pump((_job, context) => {
    context.progress({ done: 1 });
    context.progress({ done: 2 });
    context.progress({ done: 3 });
    return Promise.resolve({ answer: 42 });
  });
  const story = await collect(rig.events.subscribe({ jobId: id }), succeeded);
  assert.deepEqual(story.map(shape), [
    "pending",
    "running",
    "progress",
    "progress",
    "result",
    "succeeded",
  ]);
  // Thinned to the first and the last.
  assert.deepEqual(story.filter((e) => e.type === "progress").map((e) => e.data), [{ done: 1 }, {
    done: 3,
  }]);
  assert.deepEqual(story[4]!.data, { answer: 42 });
  assert.deepEqual((await rig.jobs.get(id)).progress, { done: 3 });
});

forEachDatabase(
  "Events.subscribe() resumes after the event last seen, without gap or repetition",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const id = await rig.add();
    const first = await collect(rig.events.subscribe({ jobId: id }), () => true);
    // Away meanwhile.
    await rig.pump(() => Promise.resolve());
    await rig.jobs.wait(id);
    const rest = await collect(
      rig.events.subscribe({ jobId: id, after: first[0]!.seq }),
      succeeded,
    );
    assert.deepEqual(rest.map(shape), ["running", "result", "succeeded"]);
  },
);

forEachDatabase(
  "Events.subscribe() of all jobs starts with what happens next",
  async (_t, open) => {
    await using rig = new JobRig(open);
    await rig.add();
    const watching = rig.events.subscribe({});
    const next = watching.next();
    // The position is taken on the first read, which the subscriber of another job waits for here.
    await collect(rig.events.subscribe({ after: 0 }), () => true);
    const id = await rig.add();
    assert.equal(((await next).value as JobEvent).job_id, id);
    await watching.return();
  },
);

forEachDatabase(
  "Events.subscribe() ends with its signal and with the service",
  async (_t, open) => {
    await using rig = new JobRig(open);
    const stop = new AbortController();
    const never = () => false;
    const bySignal = collect(rig.events.subscribe({ signal: stop.signal }), never);
    const byClose = collect(rig.events.subscribe({}), never);
    stop.abort();
    assert.deepEqual(await bySignal, []);
    await rig.events.close();
    assert.deepEqual(await byClose, []);
  },
);

Deno.test({
  name:
    "Events.subscribe() shows a watcher in another process every event of 8 concurrent writers, in order",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const [here, there] = await Promise.all(
      [1, 2].map(() => openDatabase({ dataDir: "", databaseUrl: database.url })),
    );
    const jobs = 200;
    {
      await using rig = new JobRig(here!);
      const watcher = new Events(there!);
      let ended = 0;
      const seen = collect(
        watcher.subscribe({ after: 0 }),
        (event) => succeeded(event) && ++ended === jobs,
      );
      await rig.pump(() => Promise.resolve(), { concurrency: 8 });
      await Promise.all(Array.from({ length: jobs }, () => rig.add()));
      const events = await seen;
      assert.equal(events.length, jobs * 4);
      assert.deepEqual(events.map((e) => e.seq), events.map((e) => e.seq).sort((a, b) => a - b));
      await watcher.close();
    }
    await here!.close();
    await there!.close();
    await database.drop();
  },
});
