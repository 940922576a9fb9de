import assert from "node:assert/strict";
import { type TestApp, testApp } from "../support/app.ts";

const KEY = "admin-key-for-tests";
const HERE = "http://localhost:8000";

const HEADER_SETS = {
  "no browser headers": {},
  "our Origin": { origin: HERE },
  "a foreign Origin": { origin: "https://evil.example" },
  "the Origin null": { origin: "null" },
  "Sec-Fetch-Site same-origin": { "sec-fetch-site": "same-origin" },
  "Sec-Fetch-Site cross-site": {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "cors",
    origin: "https://evil.example",
  },
  "Sec-Fetch-Site same-site, another port of this host": {
    "sec-fetch-site": "same-site",
    "sec-fetch-mode": "no-cors",
  },
};
type HeaderSet = keyof typeof HEADER_SETS;

/** By header set: whether it passes with a cookie, with a key, and with neither where none is needed. */
const UNSAFE: Record<HeaderSet, [cookie: boolean, key: boolean, local: boolean]> = {
  "no browser headers": [false, true, true],
  "our Origin": [true, true, true],
  "a foreign Origin": [false, true, false],
  "the Origin null": [false, true, false],
  "Sec-Fetch-Site same-origin": [true, true, true],
  "Sec-Fetch-Site cross-site": [false, true, false],
  "Sec-Fetch-Site same-site, another port of this host": [false, true, false],
};
const SAFE: typeof UNSAFE = { ...UNSAFE, "no browser headers": [true, true, true] };

async function isRefused(app: TestApp, method: string, headers: Record<string, string>) {
  const response = await app.fetch("/api/v1/settings", { method, headers });
  const body = response.status === 403 ? await response.json() : await response.body?.cancel();
  return body?.code === "foreign_origin";
}

Deno.test("checkOrigin(): methods × browser headers × credentials", async (t) => {
  await using guarded = await testApp({ env: { LM_API_KEYS: `admin:${KEY}` } });
  await using open = await testApp();
  const [cookie] = (await guarded.services.access.signIn(KEY, { ip: "127.0.0.1", secure: false }))
    .split(";");
  const credentials: { name: string; app: TestApp; headers: Record<string, string> }[] = [
    { name: "cookie", app: guarded, headers: { cookie: cookie! } },
    { name: "key", app: guarded, headers: { "x-api-key": KEY } },
    { name: "local", app: open, headers: {} },
  ];
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    const table = method === "GET" ? SAFE : UNSAFE;
    for (const [set, allowed] of Object.entries(table) as [HeaderSet, boolean[]][]) {
      for (const [index, { name, app, headers }] of credentials.entries()) {
        await t.step(`${method}, ${set}, ${name}`, async () => {
          const refused = await isRefused(app, method, { ...HEADER_SETS[set], ...headers });
          assert.equal(refused, !allowed[index]);
        });
      }
    }
  }
});

Deno.test("checkOrigin() lets a link on another site open a page, but no script read it", async () => {
  await using app = await testApp();
  const from = { "sec-fetch-site": "cross-site", "sec-fetch-dest": "document" };
  assert.equal(await isRefused(app, "GET", { ...from, "sec-fetch-mode": "navigate" }), false);
  assert.equal(await isRefused(app, "GET", { ...from, "sec-fetch-mode": "no-cors" }), true);
  assert.equal(await isRefused(app, "POST", { ...from, "sec-fetch-mode": "navigate" }), true);
});

Deno.test("checkOrigin() refuses a browser that hides where it comes from, and lets curl pass", async () => {
  await using app = await testApp();
  assert.equal(await isRefused(app, "PATCH", { "user-agent": "curl/8.5.0" }), false);
  assert.equal(await isRefused(app, "PATCH", { "user-agent": "Mozilla/5.0 (X11)" }), true);
});

Deno.test("checkOrigin() takes LM_PUBLIC_ORIGIN for our own", async () => {
  await using app = await testApp({ env: { LM_PUBLIC_ORIGIN: "https://loras.localhost" } });
  assert.equal(await isRefused(app, "PATCH", { origin: "https://loras.localhost" }), false);
  assert.equal(await isRefused(app, "PATCH", { origin: "http://loras.localhost" }), true);
});

Deno.test("a wrong key is not rescued by a good cookie", async () => {
  await using app = await testApp({ env: { LM_API_KEYS: `admin:${KEY}` } });
  const [cookie] = (await app.services.access.signIn(KEY, { ip: "127.0.0.1", secure: false }))
    .split(";");
  const headers = { cookie: cookie!, "x-api-key": "wrong", origin: "https://evil.example" };
  const response = await app.fetch("/api/v1/settings", { headers });
  assert.equal(response.status, 401);
  await response.body?.cancel();
});
