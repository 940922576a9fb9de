import assert from "node:assert/strict";
import { testApp } from "../support/app.ts";

/** Status of a settings read under each host name. */
async function statuses(env: Record<string, string>, hosts: string[], key?: string) {
  await using app = await testApp({ env });
  const result: Record<string, number> = {};
  for (const host of hosts) {
    const headers = key ? { "x-api-key": key } : undefined;
    const response = await app.fetch(`http://${host}/api/v1/settings`, { headers });
    result[host] = response.status;
    await response.body?.cancel();
  }
  return result;
}

Deno.test("checkHost() on loopback answers to loopback names only, whoever a name resolves to", async () => {
  const hosts = ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "evil.example:8000", "nas:8000"];
  assert.deepEqual(await statuses({}, hosts), {
    "localhost:8000": 200,
    "127.0.0.1:8000": 200,
    "[::1]:8000": 200,
    "evil.example:8000": 403,
    "nas:8000": 403,
  });
});

Deno.test("checkHost() on an open network answers to names that public DNS cannot have", async () => {
  const env = { LM_HOST: "0.0.0.0", LM_ALLOW_ANONYMOUS: "1" };
  assert.deepEqual(
    await statuses(env, ["192.168.1.5:8000", "nas:8000", "nas.local", "evil.example"]),
    {
      "192.168.1.5:8000": 200,
      "nas:8000": 200,
      "nas.local": 200,
      "evil.example": 403,
    },
  );
});

Deno.test("checkHost() answers to LM_PUBLIC_ORIGIN, and to any name where keys are needed anyway", async () => {
  const key = "admin-key-for-tests";
  const keys = { LM_API_KEYS: `admin:${key}` };
  const origin = { ...keys, LM_PUBLIC_ORIGIN: "https://loras.example" };
  assert.deepEqual(await statuses(origin, ["loras.example", "evil.example"], key), {
    "loras.example": 200,
    "evil.example": 403,
  });
  assert.deepEqual(await statuses({ ...keys, LM_HOST: "0.0.0.0" }, ["any.example"], key), {
    "any.example": 200,
  });
});
