import assert from "node:assert/strict";
import { type TestApp, testApp } from "../support/app.ts";

const json = async (app: TestApp, path: string, init?: RequestInit) => {
  const response = await app.fetch(path, init);
  return { status: response.status, body: await response.json() };
};

const addJob = (app: TestApp, dedupeKey?: string) =>
  app.services.jobs.enqueue({ kind: "hash", payload: {}, dedupeKey });

/** Reads a stream event by event. */
class Events implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #rest = "";
  constructor(response: Response) {
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }
  /** Undefined once the stream has ended. */
  async next(): Promise<{ id: string; data: Record<string, unknown> } | undefined> {
    while (true) {
      const end = this.#rest.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await this.#reader.read();
        if (done) return undefined;
        this.#rest += value;
        continue;
      }
      const block = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + 2);
      const id = /^id: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (id && data) return { id, data: JSON.parse(data) };
    }
  }
  async [Symbol.asyncDispose]() {
    await this.#reader.cancel();
  }
}

Deno.test("jobs can be listed, read, cancelled and retried", async () => {
  await using app = await testApp();
  const { id } = await addJob(app);
  const listed = await json(app, "/api/v1/jobs?status=pending&kind=hash");
  assert.deepEqual(listed.body.items.map((job: { id: string }) => job.id), [id]);
  assert.equal((await json(app, "/api/v1/jobs?status=failed")).body.items.length, 0);
  assert.equal((await json(app, "/api/v1/jobs?status=odd")).status, 422);

  const cancelled = await json(app, `/api/v1/jobs/${id}/cancel`, { method: "POST" });
  assert.deepEqual([cancelled.status, cancelled.body.status], [202, "cancelled"]);
  assert.equal((await json(app, `/api/v1/jobs/${id}/cancel`, { method: "POST" })).status, 409);
  const retried = await json(app, `/api/v1/jobs/${id}/retry`, { method: "POST" });
  assert.deepEqual([retried.status, retried.body.status], [202, "pending"]);
  assert.equal((await json(app, `/api/v1/jobs/${id}`)).body.status, "pending");
  assert.equal((await json(app, `/api/v1/jobs/${crypto.randomUUID()}`)).status, 404);
  assert.equal((await json(app, "/api/v1/jobs/not-an-id")).status, 404);
});

Deno.test("GET /jobs/{id}/events tells the whole story, and resumes after the last event seen", async () => {
  await using app = await testApp();
  const { id } = await addJob(app);
  await using story = new Events(await app.fetch(`/api/v1/jobs/${id}/events`));
  const first = await story.next();
  assert.deepEqual([first?.data.status, first?.data.kind, first?.data.job_id], [
    "pending",
    "hash",
    id,
  ]);
  await app.services.jobs.cancel(id);
  const second = await story.next();
  assert.equal(second?.data.status, "cancelled");

  await using resumed = new Events(
    await app.fetch(`/api/v1/jobs/${id}/events`, { headers: { "last-event-id": first!.id } }),
  );
  assert.deepEqual(await resumed.next(), second);
  await using asked = new Events(await app.fetch(`/api/v1/jobs/${id}/events?after=${first!.id}`));
  assert.deepEqual(await asked.next(), second);
  const missing = await app.fetch(`/api/v1/jobs/${crypto.randomUUID()}/events`);
  assert.equal(missing.status, 404);
  await missing.body?.cancel();
});

Deno.test("GET /events tells of all jobs, and ends when the server stops", async () => {
  await using app = await testApp();
  const response = await app.fetch("/api/v1/events?after=0");
  await using all = new Events(response);
  const jobs = [await addJob(app, "a"), await addJob(app, "b")];
  assert.deepEqual(
    [(await all.next())?.data.job_id, (await all.next())?.data.job_id],
    jobs.map(({ id }) => id),
  );
  app.services.beginClosing();
  assert.equal(await all.next(), undefined);
});
