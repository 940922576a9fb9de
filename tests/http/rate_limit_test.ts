import assert from "node:assert/strict";
import { type TestApp, testApp } from "../support/app.ts";

const KEY = "read-key-for-tests";
const env = { LM_API_KEYS: `read:${KEY}`, LM_API_CALLS_PER_MINUTE: "20" };

async function ask(app: TestApp, headers: Record<string, string>, remote = "203.0.113.9") {
  const response = await app.fetch("/api/v1/settings", { headers, remote });
  await response.body?.cancel();
  return response;
}

Deno.test("the eleventh wrong key in a minute is a 429, and a right one no longer helps", async () => {
  await using app = await testApp({ env });
  for (let attempt = 1; attempt <= 10; attempt++) {
    assert.equal((await ask(app, { "x-api-key": `wrong-${attempt}` })).status, 401, `${attempt}`);
  }
  const eleventh = await ask(app, { "x-api-key": "wrong-11" });
  assert.equal(eleventh.status, 429);
  assert.match(eleventh.headers.get("retry-after") ?? "", /^[1-9]\d?$/);
  assert.equal((await ask(app, { "x-api-key": KEY })).status, 429);
  assert.equal((await ask(app, { "x-api-key": KEY }, "203.0.113.10")).status, 200);
});

Deno.test("a made-up X-Forwarded-For neither escapes the limit nor blames another", async () => {
  await using app = await testApp({ env });
  for (let attempt = 1; attempt <= 10; attempt++) {
    await ask(app, { "x-api-key": "wrong", "x-forwarded-for": `198.51.100.${attempt}` });
  }
  const last = await ask(app, { "x-api-key": "wrong", "x-forwarded-for": "198.51.100.77" });
  assert.equal(last.status, 429);
  assert.equal((await ask(app, { "x-api-key": KEY }, "198.51.100.1")).status, 200);
});

Deno.test("X-Forwarded-For of a trusted proxy tells its clients apart", async () => {
  const proxied = { ...env, LM_TRUSTED_PROXIES: "10.0.0.0/8" };
  await using app = await testApp({ env: proxied });
  const via = (client: string, key: string) =>
    ask(app, { "x-api-key": key, "x-forwarded-for": `6.6.6.6, ${client}, 10.0.0.3` }, "10.0.0.2");
  for (let attempt = 1; attempt <= 11; attempt++) await via("198.51.100.1", "wrong");
  assert.equal((await via("198.51.100.1", KEY)).status, 429);
  assert.equal((await via("198.51.100.2", KEY)).status, 200);
});

Deno.test("a key may call the API as often as configured, and no more", async () => {
  await using app = await testApp({ env });
  for (let call = 1; call <= 20; call++) {
    assert.equal((await ask(app, { "x-api-key": KEY })).status, 200, `${call}`);
  }
  const refused = await ask(app, { authorization: `Bearer ${KEY}` });
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) <= 60);
});

Deno.test("the pictures of a page are not counted against its session, but against a key", async () => {
  await using app = await testApp({ env });
  const { access } = app.services;
  const viewer = {
    kind: "session",
    role: "read",
    keyId: "k",
    nsfwMax: 1,
    nsfwBlurFrom: 1,
  } as const;
  const picture = "/api/v1/adapters/01a1f931-5154-7453-8bc2-7282158095be/preview";
  for (let call = 0; call < 1_300; call++) await access.countCall(viewer, picture);
  for (let call = 0; call < 1_200; call++) await access.countCall(viewer, "/api/v1/adapters");
  await assert.rejects(access.countCall(viewer, "/api/v1/adapters"), { name: "TooManyRequests" });
  const script = { ...viewer, kind: "key", keyId: "s" } as const;
  for (let call = 0; call < 20; call++) await access.countCall(script, picture);
  await assert.rejects(access.countCall(script, picture), { name: "TooManyRequests" });
});
