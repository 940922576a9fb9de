import assert from "node:assert/strict";
import { canonicalPath } from "@/lib/http/prefixes.ts";
import { testApp } from "../support/app.ts";

Deno.test("canonicalPath() maps every spelling of the API to one, and leaves pages alone", () => {
  const same = { "/": "/", "/adapters/1": "/adapters/1", "/apiary": "/apiary", "/v10/x": "/v10/x" };
  const table = {
    ...same,
    "/api/v1/adapters": "/api/v1/adapters",
    "/api/adapters": "/api/v1/adapters",
    "/v1/adapters": "/api/v1/adapters",
    "/v1/adapters/": "/api/v1/adapters",
    "//v1///adapters//": "/api/v1/adapters",
    "//": "/",
    "/api": "/api",
    "/v1/health/ready": "/health/ready",
    "/api/openapi.json": "/openapi.json",
    "/api/healthy": "/api/v1/healthy",
  };
  for (const [path, expected] of Object.entries(table)) assert.equal(canonicalPath(path), expected);
});

Deno.test("every spelling of a path answers alike, bodies included", async () => {
  await using app = await testApp();
  for (const [index, path] of ["/api/v1/settings", "/api/settings", "/v1/settings"].entries()) {
    const response = await app.fetch(path, {
      method: "PATCH",
      body: JSON.stringify({ rescan_minutes: index }),
      headers: { "content-type": "application/json" },
    });
    assert.equal(response.status, 200, path);
    assert.equal((await response.json()).settings.rescan_minutes, index);
  }
  for (const path of ["/health", "/api/health", "/v1/health", "/api/v1/health"]) {
    const response = await app.fetch(path);
    assert.deepEqual(await response.json(), { status: "ok" }, path);
  }
});

Deno.test("an encoded or doubled slash does not slip past the rules of a path", async () => {
  await using app = await testApp({ env: { LM_API_KEYS: "read:read-key-for-tests" } });
  for (
    const path of [
      "/api/v1/keys",
      "//api/v1/keys",
      "/api/v1//keys",
      "/api/v1/keys/",
      "/v1//keys",
      "/api/v1/%6beys",
    ]
  ) {
    const response = await app.fetch(`http://localhost:8000${path}`, {
      headers: { "x-api-key": "read-key-for-tests" },
    });
    await response.body?.cancel();
    assert.ok([403, 404].includes(response.status), `${path}: ${response.status}`);
  }
});
