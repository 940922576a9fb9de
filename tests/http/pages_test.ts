import assert from "node:assert/strict";
import { newId } from "@/lib/shared/id.ts";
import { type TestApp, testApp } from "../support/app.ts";

const KEYS = { read: "reader-key-1", write: "writer-key-1", admin: "admin-key-1" };
const LM_API_KEYS = Object.entries(KEYS).map(([role, key]) => `${role}:${key}`).join(" ");

const post = (app: TestApp, path: string, fields: Record<string, string>, key?: string) =>
  app.fetch(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: key ? { "x-api-key": key } : {},
  });

/** The status, with the body read to its end. */
async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  await response.body?.cancel();
  return response.status;
}

Deno.test("POST /login answers a good key with a session and a path of this site", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  for (const [next, location] of [["/import", "/import"], ["//evil.example", "/"]] as const) {
    const path = `/login?next=${encodeURIComponent(next)}`;
    const response = await post(app, path, { key: KEYS.read });
    await response.body?.cancel();
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), location);
    assert.match(response.headers.get("set-cookie") ?? "", /^lm_session=.+HttpOnly/);
  }
});

Deno.test("POST /login shows the form again for a wrong key, and gives no session", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  const response = await post(app, "/login", { key: "wrong-key-1" });
  assert.equal(response.status, 401);
  assert.equal(response.headers.get("set-cookie"), null);
  assert.match(await response.text(), /This key is wrong, expired or revoked/);
});

Deno.test("POST /login slows down whoever guesses", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  const statuses = [];
  for (let attempt = 0; attempt < 11; attempt++) {
    statuses.push(await statusOf(post(app, "/login", { key: `guess-${attempt}-key` })));
  }
  assert.deepEqual(statuses, [...Array(10).fill(401), 429]);
});

Deno.test("POST /logout ends the session, GET does not", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  const signedIn = await post(app, "/login", { key: KEYS.admin });
  const cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  assert.equal(await statusOf(app.fetch("/logout", { headers })), 404);
  assert.equal(await statusOf(app.fetch("/settings", { headers })), 200);
  assert.equal(await statusOf(app.fetch("/logout", { method: "POST", headers })), 303);
  assert.equal(await statusOf(app.fetch("/settings", { headers })), 303);
});

Deno.test("Forms of the pages need the role that their API calls need", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  const forms = [
    ["/import", {}, "write"],
    ["/import/roots", { intent: "add", path: "/no/such" }, "admin"],
    ["/compose", { intent: "save", name: "x" }, "write"],
    ["/compose/import", {}, "write"],
    ["/duplicates", {}, "write"],
    ["/settings", {}, "admin"],
    ["/keys", {}, "admin"],
    ["/tray", {}, "write"],
  ] as const;
  const ranks = ["read", "write", "admin"] as const;
  for (const [path, fields, need] of forms) {
    for (const role of ranks) {
      const status = await statusOf(post(app, path, fields, KEYS[role]));
      const isAllowed = ranks.indexOf(role) >= ranks.indexOf(need);
      assert.equal(status === 403, !isAllowed, `${path} as ${role}: ${status}`);
    }
  }
});

Deno.test("Pages show a reader no form that they may not send", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  for (const path of ["/import", "/compose", "/duplicates", "/settings", "/welcome"]) {
    const response = await app.fetch(path, { headers: { "x-api-key": KEYS.read } });
    const main = /<main[\s\S]*<\/main>/.exec(await response.text())![0];
    assert.equal(response.status, 200, path);
    assert.doesNotMatch(main, /method="post"(?![^>]*action="\/tray")[\s\S]*type="submit"/, path);
  }
});

Deno.test("GET /settings tells the data folder to administrators alone", async () => {
  await using app = await testApp({ env: { LM_API_KEYS } });
  const page = async (key: string) =>
    await (await app.fetch("/settings", { headers: { "x-api-key": key } })).text();
  assert.ok((await page(KEYS.admin)).includes(app.config.dataDir));
  assert.ok(!(await page(KEYS.write)).includes(app.config.dataDir));
});

Deno.test("POST /settings shows the form again with what is wrong", async () => {
  await using app = await testApp();
  const response = await post(app, "/settings", {
    nsfw_max: "4",
    nsfw_blur_from: "4",
    theme: "dark",
    rescan_minutes: "-5",
  });
  assert.equal(response.status, 422);
  assert.match(await response.text(), /id="rescan_minutes-error"/);
  assert.equal((await app.services.settings.get()).theme, "system");
});

Deno.test("GET /import/{id} of nothing is a page that says so", async () => {
  await using app = await testApp();
  for (const id of ["nonsense", "01920000-0000-7000-8000-000000000001"]) {
    const response = await app.fetch(`/import/${id}`);
    assert.equal(response.status, 404);
    assert.match(response.headers.get("content-type") ?? "", /text\/html/);
    await response.body?.cancel();
  }
});

Deno.test("GET / of an empty library leads to the first run, and on once there is a folder", async () => {
  await using app = await testApp();
  const first = await app.fetch("/");
  await first.body?.cancel();
  assert.equal(first.headers.get("location"), "/welcome");
  const folder = await Deno.makeTempDir();
  await app.services.library.addRoot(folder);
  assert.equal(await statusOf(app.fetch("/")), 200);
  const welcome = await app.fetch("/welcome");
  await welcome.body?.cancel();
  assert.equal(welcome.headers.get("location"), "/import");
  await Deno.remove(folder);
});

Deno.test("POST /adapters/{id} has a file compared, but none that the viewer may not see", async () => {
  await using app = await testApp();
  const { db, catalog, jobs } = app.services;
  const { id: root_id } = await db.insertInto("library_root")
    .values({ id: newId(), path: "/loras" }).returning("id").executeTakeFirstOrThrow();
  const row = { root_id, name: "a" };
  const [shown, gated] = [newId(), newId()];
  await db.insertInto("adapter").values([
    { ...row, id: shown, file_path: "a.safetensors" },
    { ...row, id: gated, file_path: "b.safetensors", version: "2", nsfw_level: 63 },
  ]).execute();
  catalog.changed();
  assert.equal(await statusOf(post(app, `/adapters/${gated}`, { intent: "verify" })), 404);
  assert.equal(await statusOf(post(app, `/adapters/${shown}`, { intent: "verify" })), 303);
  const queued = (await jobs.list({ kind: "verify", limit: 10 })).map(({ payload }) => payload);
  assert.deepEqual(queued, [{ adapter_id: shown }]);
});
