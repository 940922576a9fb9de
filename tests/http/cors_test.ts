import assert from "node:assert/strict";
import { testApp } from "../support/app.ts";

const KEY = "admin-key-for-tests";
const FRIEND = "https://friend.example";
const env = { LM_API_KEYS: `admin:${KEY}`, LM_CORS_ORIGINS: FRIEND };
const preflight = { method: "OPTIONS", headers: { "access-control-request-method": "PATCH" } };

Deno.test("Cors: off by default, an allow-list otherwise, never with credentials", async (t) => {
  await using closed = await testApp({ env: { LM_API_KEYS: `admin:${KEY}` } });
  await using open = await testApp({ env });
  const cases = [
    {
      name: "off: preflight",
      app: closed,
      origin: FRIEND,
      init: preflight,
      status: 403,
      allowed: null,
    },
    {
      name: "off: call with a key",
      app: closed,
      origin: FRIEND,
      init: { headers: { "x-api-key": KEY } },
      status: 200,
      allowed: null,
    },
    {
      name: "allowed origin: preflight",
      app: open,
      origin: FRIEND,
      init: preflight,
      status: 204,
      allowed: FRIEND,
    },
    {
      name: "allowed origin: call with a key",
      app: open,
      origin: FRIEND,
      init: { headers: { "x-api-key": KEY } },
      status: 200,
      allowed: FRIEND,
    },
    {
      name: "allowed origin: wrong key is readable too",
      app: open,
      origin: FRIEND,
      init: { headers: { "x-api-key": "wrong" } },
      status: 401,
      allowed: FRIEND,
    },
    {
      name: "other origin: preflight",
      app: open,
      origin: "https://evil.example",
      init: preflight,
      status: 403,
      allowed: null,
    },
    {
      name: "look-alike origin",
      app: open,
      origin: `${FRIEND}.evil.example`,
      init: preflight,
      status: 403,
      allowed: null,
    },
    {
      name: "no origin",
      app: open,
      origin: null,
      init: { headers: { "x-api-key": KEY } },
      status: 200,
      allowed: null,
    },
  ];
  for (const { name, app, origin, init, status, allowed } of cases) {
    await t.step(name, async () => {
      const headers = new Headers(init.headers);
      if (origin) headers.set("origin", origin);
      const response = await app.fetch("/api/v1/settings", { ...init, headers });
      await response.body?.cancel();
      assert.equal(response.status, status);
      assert.equal(response.headers.get("access-control-allow-origin"), allowed);
      assert.equal(response.headers.get("access-control-allow-credentials"), null);
      if (app === open) assert.match(response.headers.get("vary") ?? "", /Origin/);
    });
  }
});

Deno.test("Cors: a session never works across origins, even from an allowed one", async () => {
  await using app = await testApp({ env });
  const [cookie] = (await app.services.access.signIn(KEY, { ip: "127.0.0.1", secure: false }))
    .split(";");
  for (const method of ["GET", "PATCH"]) {
    const headers = { cookie: cookie!, origin: FRIEND };
    const response = await app.fetch("/api/v1/settings", { method, headers });
    await response.body?.cancel();
    assert.equal(response.status, 403, method);
  }
});

Deno.test("Cors: pages are not the API and stay closed to other origins", async () => {
  await using app = await testApp({ env });
  const headers = { origin: FRIEND, "x-api-key": KEY };
  const response = await app.fetch("/docs", { headers });
  await response.body?.cancel();
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});
