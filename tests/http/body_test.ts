import assert from "node:assert/strict";
import { testApp } from "../support/app.ts";

const MIB = 1024 * 1024;

/** A body of `total` bytes without a Content-Length, counting what was asked of it. */
function endless(total: number) {
  const chunk = new Uint8Array(64 * 1024).fill(32);
  const taken = { bytes: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken.bytes >= total) return controller.close();
      taken.bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    cancel() {
      taken.cancelled = true;
    },
  });
  return { body, taken };
}

Deno.test("a streamed body of 1 GB is cut off at the limit", async () => {
  await using app = await testApp();
  const { body, taken } = endless(1024 * MIB);
  const before = Deno.memoryUsage().rss;
  const response = await app.fetch("/api/v1/settings", {
    method: "PATCH",
    body,
    headers: { "content-type": "application/json" },
  });
  assert.equal(response.status, 413);
  assert.equal((await response.json()).code, "too_large");
  assert.ok(taken.bytes <= 2 * MIB, `${taken.bytes} bytes were taken`);
  assert.ok(taken.cancelled);
  assert.ok(Deno.memoryUsage().rss - before < 20 * MIB);
});

Deno.test("a Content-Length over the limit is refused before a byte is read", async () => {
  await using app = await testApp();
  const { body, taken } = endless(2 * MIB);
  const response = await app.fetch("/api/v1/settings", {
    method: "PATCH",
    body,
    headers: { "content-type": "application/json", "content-length": String(2 * MIB) },
  });
  assert.equal(response.status, 413);
  await response.body?.cancel();
  assert.ok(taken.bytes <= 256 * 1024, `${taken.bytes} bytes were taken`);
});

const CASES: [name: string, init: RequestInit, status: number, code: string][] = [
  ["malformed JSON", { body: "{" }, 400, "malformed"],
  ["bytes that are not UTF-8", { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, "malformed"],
  [
    "a form",
    { body: "a=1", headers: { "content-type": "text/plain" } },
    415,
    "unsupported_media_type",
  ],
  ["an unknown field", { body: '{"nope":1,"theme":"dark"}' }, 422, "invalid"],
  ["a wrong value", { body: '{"theme":"pink"}' }, 422, "invalid"],
  ["no object", { body: "[]" }, 422, "invalid"],
];

Deno.test("PATCH /settings refuses a bad body with a problem document", async (t) => {
  await using app = await testApp();
  for (const [name, init, status, code] of CASES) {
    await t.step(name, async () => {
      const response = await app.fetch("/api/v1/settings", {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        ...init,
      });
      assert.equal(response.status, status);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      const problem = await response.json();
      assert.equal(problem.code, code);
      assert.equal(problem.status, status);
      assert.equal(problem.instance, "/api/v1/settings");
      assert.equal(problem.request_id, response.headers.get("x-request-id"));
      if (name === "an unknown field") {
        assert.deepEqual(problem.errors, [{ path: "nope", message: "Unknown field" }]);
      }
    });
  }
  assert.equal((await app.services.settings.get()).theme, "system");
});
