import assert from "node:assert/strict";
import { testApp } from "../support/app.ts";

Deno.test("health answers without a key, under every prefix", async () => {
  await using app = await testApp({ env: { LM_API_KEYS: "admin:test-admin-key" } });
  for (const path of ["/health", "/api/health", "/v1/health", "/api/v1/health"]) {
    const response = await app.fetch(path);
    assert.equal(response.status, 200, path);
    assert.deepEqual(await response.json(), { status: "ok" });
  }
});
