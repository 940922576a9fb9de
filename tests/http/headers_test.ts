import assert from "node:assert/strict";
import { routeInventory } from "../support/route_inventory.ts";
import { testApp } from "../support/app.ts";

const ADMIN = "admin-key-for-tests";
const env = { LM_API_KEYS: `admin:${ADMIN}`, LM_API_CALLS_PER_MINUTE: "0" };

function assertSafe(response: Response, what: string): void {
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /script-src ('none'|'nonce-[^']+' 'strict-dynamic')(;|$)/, what);
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(part), `${what}: ${part}`);
  }
  assert.doesNotMatch(policy, /unsafe-|upgrade-insecure-requests|\*/, what);
  assert.equal(response.headers.get("x-content-type-options"), "nosniff", what);
  assert.equal(response.headers.get("referrer-policy"), "same-origin", what);
  assert.equal(response.headers.get("cross-origin-opener-policy"), "same-origin", what);
  assert.equal(response.headers.get("cross-origin-resource-policy"), "same-origin", what);
  assert.ok(response.headers.get("x-request-id"), what);
  assert.ok(response.headers.get("cache-control"), what);
}

Deno.test("every answer has the security headers, refusals and failures included", async (t) => {
  await using app = await testApp({ env });
  const paths = [
    ...(await routeInventory()).map(({ sample }) => sample),
    "/nowhere",
    "/api/v1/nowhere",
  ];
  for (const path of paths) {
    await t.step(path, async () => {
      for (const key of ["", "wrong", ADMIN]) {
        const response = await app.fetch(path, {
          headers: key ? { "x-api-key": key } : {},
          remote: path,
        });
        assertSafe(response, `${path} with key "${key}"`);
        await response.body?.cancel();
      }
    });
  }
});

Deno.test("a page's policy names the nonce of its own scripts, a new one each time", async () => {
  await using app = await testApp({ env });
  const nonces = new Set<string>();
  for (let visit = 0; visit < 3; visit++) {
    const response = await app.fetch("/docs", { headers: { "x-api-key": ADMIN } });
    const html = await response.text();
    const [, nonce] = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy")!)!;
    for (const [tag] of html.matchAll(/<(?:script|style)\b[^>]*>/g)) {
      assert.ok(tag.includes(`nonce="${nonce}"`), tag);
    }
    assert.doesNotMatch(html, /<[^>]+\sstyle=/);
    assert.doesNotMatch(html, /<[^>]+\son\w+=/);
    nonces.add(nonce!);
  }
  assert.equal(nonces.size, 3);
});

Deno.test("HSTS is sent under TLS only", async () => {
  const hstsOf = async (env: Record<string, string>, headers: Record<string, string> = {}) => {
    await using app = await testApp({ env });
    const response = await app.fetch("/health", { headers, remote: "10.0.0.2" });
    await response.body?.cancel();
    return response.headers.has("strict-transport-security");
  };
  const https = { "x-forwarded-proto": "https" };
  assert.equal(await hstsOf({}), false);
  assert.equal(await hstsOf({}, https), false);
  assert.equal(await hstsOf({ LM_TRUSTED_PROXIES: "10.0.0.0/8" }, https), true);
  assert.equal(await hstsOf({ LM_PUBLIC_ORIGIN: "https://loras.localhost" }), true);
});

Deno.test("X-Request-Id is kept if harmless and replaced if not", async () => {
  await using app = await testApp();
  const idFor = async (given: string) => {
    const response = await app.fetch("/health", { headers: { "x-request-id": given } });
    await response.body?.cancel();
    return response.headers.get("x-request-id");
  };
  assert.equal(await idFor("trace-42.a_b"), "trace-42.a_b");
  for (const bad of ["a b", "x".repeat(65), '{"level":"error"}']) {
    assert.match(await idFor(bad) ?? "", /^[0-9a-f-]{36}$/);
  }
});
