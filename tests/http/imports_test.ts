import assert from "node:assert/strict";
import { civitaiModel, civitaiVersion } from "../unit/importer/fixtures.ts";
import { testApp } from "../support/app.ts";
import { LibraryFolder } from "../support/library_folder.ts";

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

Deno.test("/library-roots adds, lists and removes folders, and refuses what is none", async () => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("sub/a.safetensors");
  await using app = await testApp();
  const added = await app.fetch(
    "/api/v1/library-roots",
    json({ path: folder.path, label: "Mine" }),
  );
  assert.equal(added.status, 201);
  const { root } = await added.json();
  assert.deepEqual([root.path, root.label, root.available], [folder.path, "Mine", true]);
  assert.equal(added.headers.get("location"), `/api/v1/library-roots/${root.id}`);

  const refusals: [unknown, number][] = [
    [{ path: folder.path }, 409],
    [{ path: `${folder.path}/sub` }, 409],
    [{ path: `${folder.path}/..` }, 409],
    [{ path: `${folder.path}/sub/a.safetensors` }, 422],
    [{ path: `${folder.path}/absent` }, 422],
    [{ path: "relative" }, 422],
    [{ path: "//host/share" }, 422],
    [{ path: "/tmp\u0000/x" }, 422],
    [{ path: "" }, 422],
    [{ path: folder.path, mode: 1 }, 422],
  ];
  for (const [body, status] of refusals) {
    const answer = await app.fetch("/api/v1/library-roots", json(body));
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    await answer.body?.cancel();
  }

  const { items } = await (await app.fetch("/api/v1/library-roots")).json();
  assert.deepEqual(items.map((item: { id: string }) => item.id), [root.id]);
  const path = `/api/v1/library-roots/${root.id}`;
  assert.equal((await app.fetch(path, { method: "DELETE" })).status, 204);
  const again = await app.fetch(path, { method: "DELETE" });
  assert.equal(again.status, 404);
  await again.body?.cancel();
  const revived = await app.fetch("/api/v1/library-roots", json({ path: folder.path }));
  assert.equal((await revived.json()).root.id, root.id, "a removed root comes back as itself");
});

Deno.test("/imports runs an import and reports it", async () => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("neon_rain_v2.safetensors");
  await folder.write("neon_rain_v2.json", civitaiModel());
  await folder.write("broken.json", "{");
  await folder.writeModel("broken.safetensors");
  await using app = await testApp();
  await app.services.library.addRoot(folder.path);
  await app.services.startWorkers();

  const started = await app.fetch("/api/v1/imports", json({}, { "idempotency-key": "one" }));
  assert.equal(started.status, 202);
  const { job_id: id } = await started.json();
  const repeated = await app.fetch("/api/v1/imports", json({}, { "idempotency-key": "one" }));
  assert.equal((await repeated.json()).job_id, id);
  await app.services.jobs.wait(id);

  const answer = await (await app.fetch(`/api/v1/imports/${id}`)).json();
  assert.equal(answer.status, "succeeded");
  assert.deepEqual(Object.keys(answer.report).sort(), [
    "created",
    "duplicates",
    "duration_ms",
    "failed",
    "items",
    "missing",
    "orphans",
    "scanned",
    "unchanged",
    "updated",
  ]);
  assert.deepEqual([answer.report.scanned, answer.report.created, answer.report.failed], [2, 2, 1]);
  assert.equal(answer.report.items[0].path, `${folder.path}/broken.json`, "problems come first");
  const one = await (await app.fetch(`/api/v1/imports/${id}?limit=1&offset=1`)).json();
  assert.equal(one.report.items.length, 1);

  const ended = await app.fetch(`/api/v1/imports/${id}/cancel`, { method: "POST" });
  assert.equal(ended.status, 409);
  await ended.body?.cancel();
  for (const path of [`/api/v1/imports/${crypto.randomUUID()}`, "/api/v1/imports/nonsense"]) {
    const absent = await app.fetch(path);
    assert.equal(absent.status, 404);
    await absent.body?.cancel();
  }
  const outside = await app.fetch("/api/v1/imports", json({ path: "/etc" }));
  assert.equal(outside.status, 422);
  await outside.body?.cancel();
});

Deno.test("GET /imports/{id}/events streams an import to its end", async () => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await using app = await testApp();
  await app.services.library.addRoot(folder.path);
  await app.services.startWorkers();
  const { job_id: id } = await (await app.fetch("/api/v1/imports", json({}))).json();
  const stream = await app.fetch(`/api/v1/imports/${id}/events`);
  assert.equal(stream.headers.get("content-type"), "text/event-stream");
  let text = "";
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('"status":"succeeded"')) break;
  }
  assert.match(text, /"type":"progress"/);
});

Deno.test("an import's report hides lines about adapters above the viewer's level", async () => {
  await using folder = await LibraryFolder.make();
  for (const [stem, nsfwLevel] of [["tame", 1], ["secret_thing", 16]] as const) {
    await folder.writeModel(`${stem}.safetensors`, {}, stem);
    await folder.write(
      `${stem}.json`,
      civitaiModel({ name: stem, nsfwLevel, modelVersions: [civitaiVersion({ nsfwLevel })] }),
    );
  }
  await using app = await testApp();
  await app.services.library.addRoot(folder.path);
  await app.services.startWorkers();
  await app.services.settings.update({ nsfw_max: 4 });
  const { job_id: id } = await (await app.fetch("/api/v1/imports", json({}))).json();
  await app.services.jobs.wait(id);
  const text = await (await app.fetch(`/api/v1/imports/${id}`)).text();
  assert.match(text, /tame/);
  assert.doesNotMatch(text, /secret_thing/);
});
