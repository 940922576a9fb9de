import assert from "node:assert/strict";
import { ConfigError, ENVIRONMENT_NAMES, loadConfig } from "@/lib/config.ts";

Deno.test("loadConfig() gives loopback, the embedded database and no keys by default", () => {
  const config = loadConfig({});
  assert.equal(config.host, "127.0.0.1");
  assert.equal(config.port, 8000);
  assert.equal(config.databaseUrl, null);
  assert.deepEqual(config.apiKeys, []);
  assert.equal(config.allowAnonymous, false);
  assert.ok(Object.isFrozen(config));
});

Deno.test("loadConfig() reports every fault together and quotes no key", () => {
  const load = () =>
    loadConfig({
      LM_PORT: "eighty",
      LM_LOG_LEVEL: "loud",
      LM_API_KEYS: "owner:canary-secret-1,admin:short",
      LM_PUBLIC_ORIGIN: "https://a.example/path",
      LM_TRUSTED_PROXIES: "10.0.0.0/33",
      DATABASE_URL: "mysql://root:canary-secret-2@db/x",
    });
  assert.throws(load, (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(
      new Set(error.faults.map(({ name }) => name)),
      new Set([
        "LM_PORT",
        "LM_LOG_LEVEL",
        "LM_API_KEYS",
        "LM_PUBLIC_ORIGIN",
        "LM_TRUSTED_PROXIES",
        "DATABASE_URL",
      ]),
    );
    assert.doesNotMatch(error.message, /canary/);
    return true;
  });
});

Deno.test("loadConfig() keeps secrets out of strings, JSON and inspection", () => {
  const config = loadConfig({
    LM_API_KEYS: "admin:canary-secret, read:other:canary-secret",
    DATABASE_URL: "postgres://u:canary-secret@db/x",
  });
  assert.deepEqual(config.apiKeys.map(({ role }) => role), ["admin", "read"]);
  assert.equal(config.apiKeys[1]?.key.reveal(), "other:canary-secret");
  const printed = [
    JSON.stringify(config),
    Deno.inspect(config, { depth: 9 }),
    `${config.databaseUrl}`,
  ];
  for (const text of printed) assert.doesNotMatch(text, /canary/);
});

Deno.test(".env.example names every variable loadConfig() reads, and no other", async () => {
  const example = await Deno.readTextFile(new URL("../../.env.example", import.meta.url));
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), [...ENVIRONMENT_NAMES].sort());
});
