import assert from "node:assert/strict";
import { join } from "node:path";
import { Library } from "@/lib/library/service.ts";
import { newId } from "@/lib/shared/id.ts";
import { type TestApp, testApp } from "../support/app.ts";
import { safetensors } from "../support/catalog.ts";

const API = "/api/v1/adapters";

async function withApp(run: (app: TestApp, root: string) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "lm-test-library-" }));
  try {
    await using app = await testApp();
    await new Library({ db: app.services.db }).addRoot(root);
    await run(app, root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const json = (method: string, body: unknown, headers: Record<string, string> = {}) => ({
  method,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** Checks status, then content type, then gives the body. */
// deno-lint-ignore no-explicit-any -- bodies are checked by the assertions that follow
async function expect(response: Response, status: number): Promise<any> {
  assert.equal(response.status, status, await response.clone().text());
  const type = status >= 400 ? "application/problem+json" : "application/json";
  assert.equal(response.headers.get("content-type")?.split(";")[0], type);
  return await response.json();
}

// deno-lint-ignore no-explicit-any -- as above
async function create(app: TestApp, root: string, name: string, more = {}): Promise<any> {
  const file_path = join(root, `${name}.safetensors`);
  await Deno.writeFile(file_path, safetensors());
  const response = await app.fetch(API, json("POST", { name, file_path, ...more }));
  return (await expect(response, 201)).adapter;
}

Deno.test("POST /adapters answers 201 with the adapter and where it is", () =>
  withApp(async (app, root) => {
    const file_path = join(root, "neon.safetensors");
    await Deno.writeFile(file_path, safetensors());
    const response = await app.fetch(API, json("POST", { name: "Neon", file_path, weight: 0.7 }));
    const { adapter } = await expect(response, 201);
    assert.equal(response.headers.get("location"), `${API}/${adapter.id}`);
    assert.equal(adapter.token, "<lora:neon:0.7>");
    assert.equal(adapter.file_path, file_path);

    const again = await app.fetch(API, json("POST", { name: "Other", file_path }));
    assert.equal((await expect(again, 409)).code, "file_taken");
  }));

Deno.test("POST /adapters refuses bodies that do not fit, naming every fault", () =>
  withApp(async (app, root) => {
    const body = { name: "", weight: 99, colour: "red", file_path: join(root, "a") };
    const { errors } = await expect(await app.fetch(API, json("POST", body)), 422);
    // deno-lint-ignore no-explicit-any -- a problem document
    assert.deepEqual(errors.map(({ path }: any) => path).sort(), ["colour", "name", "weight"]);
    const outside = { name: "x", file_path: "/etc/passwd" };
    const refused = await expect(await app.fetch(API, json("POST", outside)), 422);
    assert.equal(refused.errors[0].path, "file_path");
    const headers = { "content-type": "application/json" };
    await expect(await app.fetch(API, { method: "POST", headers, body: "{" }), 400);
    const asText = { method: "POST", headers: { "content-type": "text/plain" }, body: "x" };
    await expect(await app.fetch(API, asText), 415);
  }));

Deno.test("GET /adapters filters, sorts and pages, and refuses what it does not know", () =>
  withApp(async (app, root) => {
    for (const [at, name] of ["a", "b", "c", "d", "e"].entries()) {
      await create(app, root, name, { rating: at, tags: at % 2 ? ["odd"] : ["even", "x"] });
    }
    const get = async (query: string) => await expect(await app.fetch(`${API}?${query}`), 200);
    const names = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

    const first = await get("limit=2");
    assert.deepEqual(Object.keys(first).sort(), [
      "items",
      "limit",
      "next_cursor",
      "offset",
      "total",
    ]);
    assert.deepEqual([first.total, first.limit, first.offset], [5, 2, 0]);
    const second = await get(`limit=2&cursor=${first.next_cursor}`);
    const third = await get(`limit=2&cursor=${second.next_cursor}`);
    assert.deepEqual([first, second, third].flatMap(names), ["a", "b", "c", "d", "e"]);
    assert.equal(third.next_cursor, null);
    assert.deepEqual(names(await get("limit=2&offset=3")), ["d", "e"]);
    assert.deepEqual(names(await get("tag=even&tag=x&sort=rating&order=desc")), ["e", "c", "a"]);
    assert.deepEqual(names(await get("tag_not=even")), ["b", "d"]);
    assert.deepEqual(names(await get("rating_min=4")), ["e"]);
    assert.equal((await get("active=true")).total, 0);

    for (
      const query of ["colour=red", "limit=501", "limit=x", "sort=colour", "cursor=abc", "active=2"]
    ) {
      const { errors } = await expect(await app.fetch(`${API}?${query}`), 422);
      assert.equal(errors[0].path.split(".")[0], query.split("=")[0]);
    }
    const elsewhere = await app.fetch(`${API}?sort=rating&cursor=${first.next_cursor}`);
    await expect(elsewhere, 422);
  }));

Deno.test("GET /adapters/facets counts over the same filters", () =>
  withApp(async (app, root) => {
    await create(app, root, "a", { tags: ["x"], base_model: "Pony" });
    await create(app, root, "b", { tags: ["x", "y"], base_model: "SDXL 1.0" });
    const facets = await expect(await app.fetch(`${API}/facets?base_model=Pony`), 200);
    assert.equal(facets.total, 1);
    assert.deepEqual(facets.tag, [{ value: "x", count: 1 }]);
    assert.equal(facets.base_model.length, 2);
    await expect(await app.fetch(`${API}/facets?limit=3`), 422);
  }));

Deno.test("GET /adapters/{id} answers with an entity tag, 304 to who has it, 404 to no id", () =>
  withApp(async (app, root) => {
    const { id } = await create(app, root, "a");
    const response = await app.fetch(`${API}/${id}`);
    const etag = response.headers.get("etag")!;
    assert.equal((await expect(response, 200)).adapter.id, id);
    const cached = await app.fetch(`${API}/${id}`, { headers: { "if-none-match": etag } });
    assert.equal(cached.status, 304);
    assert.equal(await cached.text(), "");
    await expect(await app.fetch(`${API}/${newId()}`), 404);
    await expect(await app.fetch(`${API}/no-uuid`), 404);
  }));

Deno.test("PATCH /adapters/{id} edits; with If-Match it refuses a lost update", () =>
  withApp(async (app, root) => {
    const { id } = await create(app, root, "a");
    await create(app, root, "b");
    const etag = (await app.fetch(`${API}/${id}`)).headers.get("etag")!;
    const patch = (body: unknown, headers = {}) =>
      app.fetch(`${API}/${id}`, json("PATCH", body, headers));
    const patched = await patch({ notes: "mine" }, { "if-match": etag });
    const { adapter } = await expect(patched.clone(), 200);
    assert.deepEqual([adapter.notes, adapter.edited_fields], ["mine", ["name", "notes"]]);
    await expect(await patch({ notes: "late" }, { "if-match": etag }), 412);
    await expect(await patch({ rating: 1 }, { "if-match": patched.headers.get("etag")! }), 200);
    await expect(await patch({ name: "b" }), 409);
    await expect(await patch({ token: "x" }), 422);
    await expect(await patch({ rating: 6 }), 422);
    await expect(await app.fetch(`${API}/${newId()}`, json("PATCH", {})), 404);
  }));

Deno.test("DELETE /adapters/{id} is 204 once, then 404", () =>
  withApp(async (app, root) => {
    const { id, file_path } = await create(app, root, "a");
    const deleted = await app.fetch(`${API}/${id}`, { method: "DELETE" });
    assert.equal(deleted.status, 204);
    await expect(await app.fetch(`${API}/${id}`, { method: "DELETE" }), 404);
    assert.ok((await Deno.stat(file_path)).isFile);
  }));

Deno.test("POST activate and deactivate, and PUT /adapters/active, decide the active set", () =>
  withApp(async (app, root) => {
    const a = await create(app, root, "a");
    const b = await create(app, root, "b");
    const post = (path: string, body?: unknown) =>
      app.fetch(`${API}/${path}`, body ? json("POST", body) : { method: "POST" });
    assert.equal((await expect(await post(`${a.id}/activate`), 200)).adapter.active, true);
    const placed = await expect(await post(`${b.id}/activate`, { ordinal: 1 }), 200);
    assert.equal(placed.adapter.ordinal, 1);
    await expect(await post(`${b.id}/activate`, { ordinal: -1 }), 422);
    await expect(await post(`${newId()}/activate`), 404);
    const order = async () =>
      (await expect(await app.fetch(`${API}/active`), 200)).items
        .map(({ id }: { id: string }) => id);
    assert.deepEqual(await order(), [b.id, a.id]);
    await expect(await app.fetch(`${API}/active`, json("PUT", { ids: [a.id, b.id] })), 200);
    assert.deepEqual(await order(), [a.id, b.id]);
    assert.equal((await expect(await post(`${a.id}/deactivate`), 200)).adapter.active, false);
    assert.deepEqual(await order(), [b.id]);
    await expect(await post(`${newId()}/deactivate`), 404);
  }));

Deno.test("POST /adapters/bulk tells what became of each id, and refuses more than 1000", () =>
  withApp(async (app, root) => {
    const { id } = await create(app, root, "a");
    const gone = newId();
    const bulk = (body: unknown) => app.fetch(`${API}/bulk`, json("POST", body));
    const outcome = await expect(await bulk({ action: "tag", tags: ["x"], ids: [id, gone] }), 200);
    assert.deepEqual(outcome, { updated: 1, not_found: [gone], errors: [] });
    const many = Array.from({ length: 1001 }, newId);
    await expect(await bulk({ action: "activate", ids: many }), 422);
    await expect(await bulk({ action: "explode", ids: [id] }), 422);
    await expect(await bulk({ action: "tag", ids: [id] }), 422);
    await expect(await bulk({ action: "activate", ids: [id], tags: ["x"] }), 422);
  }));

Deno.test("POST /adapters/{id}/verify answers 202 with the job, the same for the same key", () =>
  withApp(async (app, root) => {
    const { id } = await create(app, root, "a");
    const verify = (path: string) =>
      app.fetch(`${API}/${path}/verify`, { method: "POST", headers: { "idempotency-key": "k1" } });
    const { job_id } = await expect(await verify(id), 202);
    assert.equal((await expect(await verify(id), 202)).job_id, job_id);
    assert.equal((await app.services.jobs.get(job_id)).kind, "verify");
    await expect(await verify(newId()), 404);
  }));

Deno.test("GET /adapters/{id}/preview is WebP with an entity tag; widths are 64 to 1024", () =>
  withApp(async (app, root) => {
    const { id } = await create(app, root, "a");
    const response = await app.fetch(`${API}/${id}/preview?w=128`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "image/webp");
    assert.match(response.headers.get("cache-control")!, /private/);
    const bytes = await response.bytes();
    assert.equal(new TextDecoder().decode(bytes.subarray(8, 12)), "WEBP");
    const headers = { "if-none-match": response.headers.get("etag")! };
    const cached = await app.fetch(`${API}/${id}/preview?w=128`, { headers });
    assert.equal(cached.status, 304);
    await expect(await app.fetch(`${API}/${id}/preview?w=63`), 422);
    await expect(await app.fetch(`${API}/${newId()}/preview`), 404);
  }));

Deno.test("GET /adapters/export streams CSV that spreadsheets do not run, and JSON", () =>
  withApp(async (app, root) => {
    await create(app, root, "b", { tags: ["x", "y"] });
    await create(app, root, "a", { notes: "=HYPERLINK(1)", tags: ["x"] });
    await create(app, root, "hidden by the filter");
    const csv = await app.fetch(`${API}/export?format=csv&tag=x`);
    assert.equal(csv.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.match(csv.headers.get("content-disposition")!, /attachment; filename="loras\.csv"/);
    const lines = (await csv.text()).trim().split("\n");
    assert.equal(lines.length, 3);
    assert.match(lines[0]!, /^id,name,version,/);
    assert.match(lines[1]!, /,a,.*'=HYPERLINK/);
    assert.match(lines[2]!, /,b,.*x; y/);
    const all = await expect(await app.fetch(`${API}/export?format=json&tag=x`), 200);
    assert.deepEqual(all.map(({ name }: { name: string }) => name), ["a", "b"]);
    const none = await expect(await app.fetch(`${API}/export?tag=none`), 200);
    assert.deepEqual(none, []);
    await expect(await app.fetch(`${API}/export?format=xml`), 422);
  }));

Deno.test("GET /adapters/duplicates answers with groups", () =>
  withApp(async (app, root) => {
    await create(app, root, "a");
    await Deno.mkdir(join(root, "sub"));
    await create(app, root, "sub/a");
    const { groups } = await expect(await app.fetch(`${API}/duplicates`), 200);
    assert.equal(groups.length, 1);
    assert.deepEqual([groups[0].reason, groups[0].items.length], ["stem", 2]);
  }));

Deno.test("/collections can be made, read, renamed and removed", () =>
  withApp(async (app) => {
    const at = "/api/v1/collections";
    const made = await app.fetch(at, json("POST", { name: "Best" }));
    const { collection } = await expect(made, 201);
    assert.equal(made.headers.get("location"), `${at}/${collection.id}`);
    await expect(await app.fetch(at, json("POST", { name: "Best" })), 409);
    await expect(await app.fetch(at, json("POST", { name: "" })), 422);
    const one = `${at}/${collection.id}`;
    await expect(await app.fetch(one, json("PATCH", { description: "of all" })), 200);
    const got = await app.fetch(one);
    const headers = { "if-none-match": got.headers.get("etag")! };
    assert.equal((await expect(got, 200)).collection.description, "of all");
    assert.equal((await app.fetch(one, { headers })).status, 304);
    assert.equal((await expect(await app.fetch(at), 200)).items.length, 1);
    assert.equal((await app.fetch(one, { method: "DELETE" })).status, 204);
    await expect(await app.fetch(one), 404);
  }));
