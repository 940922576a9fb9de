// deno-lint-ignore-file no-console -- a command line tool
import { join, resolve } from "node:path";
import { makeLibrary } from "@/demo/make_library.ts";
import { type Config, loadConfig } from "@/lib/config.ts";
import { ServerApi } from "./server_api.ts";

const FOLDER = resolve("demo-data");
const LIBRARY = join(FOLDER, "library");
const READY_TIMEOUT_MS = 60_000;

if (import.meta.main) {
  // Painting and compiling share nothing but the processor, so neither waits for the other.
  const [built] = await Promise.all([
    run(["task", "build", "--if-stale"]).status,
    makeLibraryOnce(),
  ]);
  if (!built.success) Deno.exit(built.code);
  Deno.exit(await serve());
}

/** The folder appears when it is complete: an interrupted run leaves nothing that looks like a library. */
async function makeLibraryOnce(): Promise<void> {
  if (await Deno.stat(LIBRARY).catch(() => null)) return;
  const unfinished = `${LIBRARY}.part`;
  await Deno.remove(unfinished, { recursive: true }).catch(() => {});
  console.log(`Painting a demo library in ${LIBRARY}`);
  const startedAt = performance.now();
  await makeLibrary(unfinished);
  await Deno.rename(unfinished, LIBRARY);
  console.log(`Painted in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Runs the server on the demo's own data until it ends; imports as soon as it answers. */
async function serve(): Promise<number> {
  const env = {
    LM_DATA_DIR: join(FOLDER, "data"),
    LM_LIBRARY: LIBRARY,
    LM_HOST: "127.0.0.1",
    // A demo never touches the database of a real installation.
    DATABASE_URL: "",
  };
  const server = run(["task", "start"], env);
  // Ctrl-C reaches the server too, which stops by itself; this process only has to outlive it.
  Deno.addSignalListener("SIGINT", () => {});
  Deno.addSignalListener("SIGTERM", () => server.kill("SIGTERM"));
  const ended = new AbortController();
  const status = server.status.finally(() => ended.abort());
  await startImport(loadConfig({ ...Deno.env.toObject(), ...env }), ended.signal);
  return (await status).code;
}

/** Waits for the server that holds the demo's data folder, whatever else listens on this machine. */
async function startImport(config: Config, ended: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(READY_TIMEOUT_MS);
  while (!ended.aborted && !patience.aborted) {
    const server = await ServerApi.find(config).catch(() => null);
    if (!server) {
      await new Promise((done) => setTimeout(done, 100));
      continue;
    }
    await server.request("POST", "/api/v1/imports", {});
    console.log(`Importing the demo library; open ${server.address}`);
    return;
  }
}

function run(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args, env }).spawn();
}
