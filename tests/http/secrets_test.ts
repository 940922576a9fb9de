import assert from "node:assert/strict";
import { getLogger, resetSync } from "@logtape/logtape";
import { configureLogging } from "@/lib/log.ts";
import { testApp } from "../support/app.ts";

const BOOTSTRAP = "canary-bootstrap-key";

Deno.test("no secret reaches a log, a body, a header or the metrics, whatever fails", async () => {
  const lines: string[] = [];
  await using app = await testApp({
    env: { LM_API_KEYS: `admin:${BOOTSTRAP}`, LM_LOG_LEVEL: "debug" },
  });
  configureLogging(app.config, (line) => lines.push(line));
  try {
    const admin = { "x-api-key": BOOTSTRAP, "content-type": "application/json" };
    const made = await (await app.fetch("/api/v1/keys", {
      method: "POST",
      headers: admin,
      body: JSON.stringify({ name: "x", role: "admin" }),
    })).json();
    const cookie = await app.services.access.signIn(made.key, { ip: "127.0.0.1", secure: false });
    const token = cookie.split(/[=;]/)[1]!;
    const secrets = [BOOTSTRAP, made.key, token, "canary-query", "canary-wrong-key", "canary-body"];

    const answers: Response[] = [];
    const ask = async (path: string, init?: RequestInit) =>
      answers.push(await app.fetch(path, init));
    await ask("/api/v1/settings?q=canary-query", { headers: { "x-api-key": "canary-wrong-key" } });
    await ask("/api/v1/settings", { headers: { authorization: "Bearer canary-wrong-key" } });
    await ask("/api/v1/nowhere?key=canary-query", { headers: admin });
    await ask("/api/v1/keys", { headers: admin });
    await ask("/api/v1/keys", { method: "POST", headers: admin, body: "{canary-body" });
    await ask("/metrics", { headers: admin });
    await ask("/", { headers: { cookie: `lm_session=${token}` } });
    await app.services.database.close();
    await ask("/api/v1/system/status?q=canary-query", {
      headers: { ...admin, "x-api-key": made.key },
    });
    getLogger(["lm", "test"]).error("Leaked {key}", { key: made.key, text: `used ${made.key}` });

    assert.ok(lines.length > 5);
    for (const secret of secrets) {
      for (const line of lines) assert.ok(!line.includes(secret), line);
    }
    for (const answer of answers) {
      const text = `${[...answer.headers].join("\n")}\n${await answer.text()}`;
      // A login redirect repeats where the visitor wanted to go.
      for (const secret of secrets) assert.ok(!text.includes(secret), text);
    }
  } finally {
    resetSync();
  }
});

Deno.test("a failure inside is a bare 500: its message and stack are in the log only", async () => {
  const lines: string[] = [];
  await using app = await testApp();
  configureLogging(app.config, (line) => lines.push(line));
  try {
    await app.services.database.close();
    const response = await app.fetch("/api/v1/keys");
    assert.equal(response.status, 500);
    const problem = await response.json();
    assert.deepEqual(Object.keys(problem).sort(), [
      "code",
      "instance",
      "request_id",
      "status",
      "title",
      "type",
    ]);
    const logged = lines.find((line) =>
      line.includes(problem.request_id) && line.includes("Error")
    );
    assert.ok(logged);
  } finally {
    resetSync();
  }
});
