import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

export const FIXTURE: string = fileURLToPath(new URL("../fixture", import.meta.url));

const VITE = fileURLToPath(new URL("bin/vite.js", import.meta.resolve("vite/package.json")));

/** Starts Vite's command line in a project. */
export function vite(cwd: string, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", VITE, ...args, "--configLoader", "native"],
    cwd,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Builds the fixture. @returns The default export of its `_fresh/server.js`. */
export async function buildFixture(): Promise<{ fetch(req: Request): Promise<Response> }> {
  const { success, stdout, stderr } = await vite(FIXTURE, "build").output();
  const log = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.ok(success, log);
  const server = await import(`${new URL("../fixture/_fresh/server.js", import.meta.url)}`);
  return server.default;
}
