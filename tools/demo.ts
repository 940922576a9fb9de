// deno-lint-ignore-file no-console -- a command line tool
import { join, resolve } from "node:path";
import { furnish } from "@/demo/furnish.ts";
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
  try {
    await fill(loadConfig({ ...Deno.env.toObject(), ...env }), ended.signal);
  } catch (error) {
    console.error("Cannot fill the demo:", error instanceof Error ? error.message : error);
  }
  return (await status).code;
}

/** Imports into the server that holds the demo's data folder, whatever else listens on this machine. */
async function fill(config: Config, ended: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(READY_TIMEOUT_MS);
  while (!ended.aborted && !patience.aborted) {
    const server = await ServerApi.find(config).catch(() => null);
    if (!server) {
      await new Promise((done) => setTimeout(done, 100));
      continue;
    }
    const { job_id } = await server.request<{ job_id: string }>("POST", "/api/v1/imports", {});
    await finished(server, job_id, ended);
    await furnish((method, path, body) => server.request(method, path, body));
    console.log(`The demo library is imported; open ${server.address}`);
    return;
  }
}

async function finished(server: ServerApi, jobId: string, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const { status } = await server.request<{ status: string }>("GET", `/api/v1/jobs/${jobId}`);
    if (status !== "pending" && status !== "running") return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

function run(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args, env }).spawn();
}
