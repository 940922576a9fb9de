import assert from "node:assert/strict";
import { PUBLIC_PATHS } from "@/lib/access/rules.ts";
import { OPERATIONS } from "@/lib/openapi/operations.ts";
import { routeInventory } from "../support/route_inventory.ts";
import { type TestApp, testApp } from "../support/app.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const ADMIN = "admin-key-for-tests";
const READ = "read-key-for-tests";
const WRITE = "write-key-for-tests";
const env = {
  LM_API_KEYS: `admin:${ADMIN},write:${WRITE},read:${READ}`,
  LM_API_CALLS_PER_MINUTE: "0",
};

async function statusOf(app: TestApp, method: string, path: string, key?: string): Promise<number> {
  const response = await app.fetch(path, { method, headers: key ? { "x-api-key": key } : {} });
  await response.body?.cancel();
  const isToLogin = response.status === 303 &&
    response.headers.get("location")?.startsWith("/login?next=");
  return isToLogin ? 401 : response.status;
}

Deno.test("every route and method denies without a key, but the public ones", async (t) => {
  await using app = await testApp({ env });
  const inventory = await routeInventory();
  assert.ok(inventory.length > 10);
  for (const { path, sample } of [...inventory, { path: "/nowhere", sample: "/nowhere" }]) {
    await t.step(path, async () => {
      for (const method of METHODS) {
        const status = await statusOf(app, method, sample);
        const isPublic = PUBLIC_PATHS.includes(path);
        if (isPublic) assert.notEqual(status, 401, `${method} ${path}`);
        else assert.equal(status, 401, `${method} ${path}`);
      }
    });
  }
});

Deno.test("every public path is a route", async () => {
  const paths = new Set((await routeInventory()).map(({ path }) => path));
  for (const path of PUBLIC_PATHS) assert.ok(paths.has(path), path);
});

Deno.test("a read key changes nothing: every unsafe method is 403, but on /compose", async (t) => {
  await using app = await testApp({ env });
  for (const { path, sample } of await routeInventory()) {
    if (PUBLIC_PATHS.includes(path)) continue;
    await t.step(path, async () => {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const status = await statusOf(app, method, sample, READ);
        if (path === "/api/v1/compose") assert.notEqual(status, 403, `${method} ${path}`);
        else assert.equal(status, 403, `${method} ${path}`);
      }
    });
  }
  assert.equal(await statusOf(app, "GET", "/api/v1/keys", READ), 403);
});

Deno.test("the OpenAPI document has every API route and method, and no other", async () => {
  const inventory = (await routeInventory())
    .filter(({ path }) =>
      path.startsWith("/api/") || ["/metrics", "/openapi.json"].includes(path) ||
      path.startsWith("/health")
    );
  const implemented = inventory.flatMap(({ path, methods }) =>
    methods.filter((method) => method !== "HEAD").map((method) => `${method} ${path}`)
  );
  const documented = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  assert.deepEqual(implemented.sort(), documented.sort());
});

Deno.test("a method that an API path lacks is a 405 with Allow; OPTIONS says the same", async (t) => {
  await using app = await testApp({ env });
  for (const { path, sample, methods } of await routeInventory()) {
    if (!path.startsWith("/api/")) continue;
    await t.step(path, async () => {
      for (const method of METHODS.filter((each) => each !== "HEAD" && !methods.includes(each))) {
        const response = await app.fetch(sample, { method, headers: { "x-api-key": ADMIN } });
        assert.equal(response.status, 405, `${method} ${path}`);
        const allow = response.headers.get("allow")?.split(", ") ?? [];
        assert.deepEqual(
          allow.filter((each) => !["HEAD", "OPTIONS"].includes(each)).sort(),
          [...methods].sort(),
        );
        assert.equal((await response.json()).code, "method_not_allowed");
      }
      const options = await app.fetch(sample, {
        method: "OPTIONS",
        headers: { "x-api-key": ADMIN },
      });
      assert.equal(options.status, 204);
      assert.ok(options.headers.get("allow"));
    });
  }
});

Deno.test("keys, settings and library roots are an administrator's, by page as by API", async () => {
  await using app = await testApp({ env });
  const admins = ["/keys", "/settings", "/import/roots"].flatMap((path) => [path, `/api/v1${path}`])
    .concat("/api/v1/library-roots", "/api/v1/library-roots/0190163d-8694-739b-aea5-966c26f8ad90");
  const paths = new Set((await routeInventory()).map(({ sample }) => sample));
  for (const path of admins.filter((each) => paths.has(each))) {
    for (const method of ["POST", "PATCH", "DELETE"]) {
      assert.equal(await statusOf(app, method, path, WRITE), 403, `${method} ${path}`);
      assert.notEqual(await statusOf(app, method, path, ADMIN), 403, `${method} ${path}`);
    }
  }
  assert.ok(paths.has("/import/roots"));
});
