import assert from "node:assert/strict";
import { testApp } from "@/tests/support/app.ts";
import { addAdapter, addRoot } from "@/tests/db/compose/fixtures.ts";
import { newId } from "@/lib/shared/id.ts";

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
  body: JSON.stringify(body),
});

async function withTwoAdapters() {
  const app = await testApp();
  const { db } = app.services;
  const root = await addRoot(db);
  const neon = await addAdapter(db, root, "neon.safetensors", {
    active: true,
    weight: 0.8,
    activation_text: "neon rain",
  });
  const fog = await addAdapter(db, root, "fog.safetensors", { base_model: "SD 1.5" });
  app.services.catalog.changed();
  return { app, neon, fog };
}

Deno.test("POST /compose answers prompt, tokens and warnings under every spelling of its path", async () => {
  const { app, neon, fog } = await withTwoAdapters();
  await using _ = app;
  for (const path of ["/api/v1/compose", "/v1/compose", "/api/compose"]) {
    const response = await app.fetch(path, json("POST", { prefix: "night", suffix: "street" }));
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type")!, /^application\/json/);
    const { prompt, tokens, warnings } = await response.json();
    assert.equal(prompt, "night <lora:neon:0.8> street");
    assert.deepEqual(tokens, ["<lora:neon:0.8>"]);
    assert.deepEqual(warnings, []);
  }
  const chosen = await app.fetch(
    "/api/v1/compose",
    json("POST", {
      adapter_ids: [fog, neon],
      weights: { [fog]: 0.5 },
      triggers: "activation",
      target: "SDXL 1.0",
    }),
  );
  const body = await chosen.json();
  assert.equal(body.prompt, "<lora:fog:0.5> <lora:neon:0.8> neon rain");
  assert.deepEqual(
    body.warnings.map(({ code, adapter_id }: { code: string; adapter_id: string }) => [
      code,
      adapter_id,
    ]),
    [["incompatible_base_models", fog]],
  );
});

Deno.test("POST /compose refuses deliveries, unknown fields and unknown ids as problems that name them", async () => {
  await using app = await testApp();
  const unknown = newId();
  for (
    const [body, status, path] of [
      [{ delivery: { mode: "http" } }, 422, "delivery"],
      [{ prefx: "typo" }, 422, "prefx"],
      [{ weights: { [unknown]: 11 } }, 422, `weights.${unknown}`],
      [{ adapter_ids: [unknown] }, 422, "adapter_ids.0"],
      [{ adapter_ids: [], recipe_id: unknown }, 422, "recipe_id"],
      [{ recipe_id: unknown }, 404, undefined],
    ] as const
  ) {
    const response = await app.fetch("/api/v1/compose", json("POST", body));
    assert.equal(response.status, status, JSON.stringify(body));
    assert.match(response.headers.get("content-type")!, /^application\/problem\+json/);
    const problem = await response.json();
    if (path) assert.deepEqual(problem.errors.map((e: { path: string }) => e.path), [path]);
  }
});

Deno.test("/recipes creates, reads, changes, applies and deletes", async () => {
  const { app, neon, fog } = await withTwoAdapters();
  await using _ = app;
  const created = await app.fetch(
    "/api/v1/recipes",
    json("POST", { name: "Rain", items: [{ adapter_id: fog, weight: 0.3 }, { adapter_id: neon }] }),
  );
  assert.equal(created.status, 201);
  const { recipe } = await created.json();
  const at = created.headers.get("location")!;
  assert.equal(at, `/api/v1/recipes/${recipe.id}`);

  const read = await app.fetch(at);
  assert.equal(read.status, 200);
  const etag = read.headers.get("etag")!;
  assert.deepEqual((await read.json()).recipe, recipe);
  const again = await app.fetch(at, { headers: { "if-none-match": etag } });
  assert.equal(again.status, 304);

  const changed = await app.fetch(at, json("PATCH", { prefix: "wet" }));
  assert.equal((await changed.json()).recipe.prefix, "wet");
  const applied = await app.fetch(`${at}/apply`, json("POST", {}));
  assert.equal(applied.status, 200);
  assert.deepEqual((await applied.json()).missing, []);
  const composed = await app.fetch("/api/v1/compose", json("POST", {}));
  assert.equal((await composed.json()).prompt, "<lora:fog:0.3> <lora:neon:0.8>");
  const active = await app.services.catalog.activeSet({
    kind: "local",
    role: "admin",
    keyId: null,
    nsfwMax: 32,
    nsfwBlurFrom: 32,
  });
  assert.deepEqual(active.map(({ id }) => id), [fog, neon]);

  const taken = await app.fetch("/api/v1/recipes", json("POST", { name: "Rain" }));
  assert.equal(taken.status, 409);
  await taken.body?.cancel();
  assert.equal((await app.fetch(at, { ...json("DELETE", undefined), body: null })).status, 204);
  const gone = await app.fetch(at);
  assert.equal(gone.status, 404);
  await gone.body?.cancel();
  const malformed = await app.fetch("/api/v1/recipes/not-an-id");
  assert.equal(malformed.status, 404);
  await malformed.body?.cancel();
});

Deno.test("/recipes/export and /recipes/import round-trip through one JSON document", async () => {
  const { app } = await withTwoAdapters();
  await using _ = app;
  const made = await app.fetch("/api/v1/recipes", json("POST", { name: "Rain" }));
  const { recipe } = await made.json();
  const exported = await app.fetch(`/api/v1/recipes/export?id=${recipe.id}`);
  assert.match(exported.headers.get("content-disposition")!, /attachment/);
  const file = await exported.json();
  assert.deepEqual([file.format, file.version], ["lora-manager/recipes", 1]);
  const unchanged = await app.fetch("/api/v1/recipes/import", json("POST", file));
  assert.deepEqual(await unchanged.json(), { recipes: [], unchanged: ["Rain"] });
  file.recipes[0].prefix = "other";
  const imported = await app.fetch("/api/v1/recipes/import", json("POST", file));
  assert.equal((await imported.json()).recipes[0].name, "Rain (2)");
  const newer = await app.fetch("/api/v1/recipes/import", json("POST", { ...file, version: 2 }));
  assert.equal(newer.status, 422);
  await newer.body?.cancel();
});
