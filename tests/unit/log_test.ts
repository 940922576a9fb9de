import assert from "node:assert/strict";
import { getLogger, resetSync } from "@logtape/logtape";
import { loadConfig } from "@/lib/config.ts";
import { configureLogging } from "@/lib/log.ts";

function captured(
  format: "text" | "json",
  act: (log: ReturnType<typeof getLogger>) => void,
): string {
  const lines: string[] = [];
  const config = loadConfig({
    LM_LOG_FORMAT: format,
    LM_API_KEYS: "admin:canary-bootstrap",
    DATABASE_URL: "postgres://user:canary-dsn@db/x",
  });
  configureLogging(config, (line) => lines.push(line));
  try {
    act(getLogger(["lm", "test"]));
  } finally {
    resetSync();
  }
  return lines.join("");
}

for (const format of ["text", "json"] as const) {
  Deno.test(`configureLogging(${format}) lets no secret through, whatever carries it`, () => {
    const cause = new Error("connect postgres://user:canary-dsn@db/x failed");
    const output = captured(format, (log) => {
      log.info("Fields {*}", { key: "canary-field", cookie: "lm_session=canary-cookie" });
      log.info("Nested {request}", {
        request: { headers: { authorization: "Bearer canary-auth" } },
      });
      log.warn("X-API-Key: canary-header");
      log.warn("Bearer canary.bearer");
      log.warn("made lm_canarycanarycanarycanary");
      log.warn("got canary-bootstrap from the client");
      log.warn("GET http://host/x?q=canary-query");
      log.error("Failed {error}", { error: new Error("postgres://a:canary-pw@h/d", { cause }) });
    });
    assert.match(output, /Failed/);
    assert.match(output, /\[redacted\]/);
    assert.doesNotMatch(output, /canary/);
  });
}

Deno.test("configureLogging(json) writes one JSON object a line with the fields at its top", () => {
  const output = captured("json", (log) => log.info("Scanned folder", { files: 3 }));
  const record = JSON.parse(output);
  assert.equal(record.message, "Scanned folder");
  assert.equal(record.files, 3);
});
