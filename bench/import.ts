// deno-lint-ignore-file no-console
/**
 * How much an import costs beyond what the disk and the parser take anyway. The floors are measured in the same run:
 * cold, to read and parse every sidecar and read every header; unchanged, to walk the tree and stat every file. Each
 * is measured twice: with the asynchronous calls that a server has to use, one file after the other, which is what
 * the limits refer to; and with blocking calls, which would hold up every page, as the lowest number there is.
 *
 *     deno run -A bench/import.ts [models]
 */
import { join } from "node:path";
import { loadConfig } from "@/lib/config.ts";
import { readSafetensorsHeader, readSafetensorsHeaderSync } from "@/lib/importer/header.ts";
import { StartImport } from "@/lib/importer/schema.ts";
import { openServices, type Services } from "@/services.ts";
import { makeLibrary } from "./import_library.ts";

const COLD_LIMIT = 5;
const RESCAN_LIMIT = 2;
const RUNS = 5;

const models = Number(Deno.args[0] ?? 10_000);
const root = makeLibrary(models);

function* filesBelow(dir: string): Generator<string> {
  for (const entry of Deno.readDirSync(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory) yield* filesBelow(path);
    else yield path;
  }
}

async function* filesBelowLater(dir: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory) yield* filesBelowLater(path);
    else yield path;
  }
}

function readHeader(path: string): void {
  using file = Deno.openSync(path);
  readSafetensorsHeaderSync(file, file.statSync().size);
}

const FLOORS = {
  async cold(): Promise<void> {
    for await (const path of filesBelowLater(root)) {
      if (path.endsWith(".json")) JSON.parse(await Deno.readTextFile(path));
      else await readSafetensorsHeader(path);
    }
  },

  coldBlocking(): void {
    for (const path of filesBelow(root)) {
      if (path.endsWith(".json")) JSON.parse(Deno.readTextFileSync(path));
      else readHeader(path);
    }
  },

  async rescan(): Promise<void> {
    for await (const path of filesBelowLater(root)) await Deno.lstat(path);
  },

  rescanBlocking(): void {
    for (const path of filesBelow(root)) Deno.lstatSync(path);
  },
};

/** The shortest of some runs, so that what else the machine does counts least. */
async function shortest(runs: number, run: () => unknown): Promise<number> {
  let shortest = Infinity;
  for (let n = 0; n < runs; n++) {
    const start = performance.now();
    await run();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}

async function runImport(
  services: Services,
): Promise<{ ms: number; created: number; unchanged: number }> {
  const start = performance.now();
  const { jobId } = await services.importer.start(StartImport.parse({}));
  await services.jobs.wait(jobId);
  const ms = performance.now() - start;
  const { status, counts, error } = await services.importer.report(
    jobId,
    { limit: 0, offset: 0 },
    { nsfwMax: 63 },
  );
  if (status !== "succeeded") throw new Error(`The import ${status}: ${error?.message}`);
  return { ms, ...counts };
}

/** The longest the event loop was held up, which is how long a page had to wait at worst. */
function watchLoop(): () => { longest: number; over50: number } {
  let last = performance.now();
  let longest = 0;
  let over50 = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const held = now - last - 5;
    longest = Math.max(longest, held);
    if (held > 50) over50++;
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return { longest, over50 };
  };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const times = (ms: number, floor: number) => `${(ms / floor).toFixed(2)} times`;

function compare(what: string, ms: number, floor: number, blocking: number): string {
  return `${what.padEnd(12)} ${seconds(ms)}: ${times(ms, floor)} the floor of ${seconds(floor)}, ` +
    `${times(ms, blocking)} that of ${seconds(blocking)} by blocking calls`;
}

/** What follows an import in the background is not part of it. */
async function dropFollowUps(services: Services): Promise<void> {
  for (const { id, status } of await services.jobs.list({ limit: 100 })) {
    if (status === "pending" || status === "running") await services.jobs.cancel(id);
  }
  await services.db.updateTable("adapter").set({ hash_state: "none" }).execute();
}

const dataDir = await Deno.makeTempDir({ prefix: "lm-bench-" });
const services = await openServices(loadConfig({ LM_DATA_DIR: dataDir }));
try {
  await services.library.addRoot(root);
  await services.startWorkers();
  const coldFloor = await shortest(2, FLOORS.cold);
  const coldBlocking = await shortest(3, FLOORS.coldBlocking);
  const stopWatch = watchLoop();
  const cold = await runImport(services);
  const held = stopWatch();
  await dropFollowUps(services);
  const rescanFloor = await shortest(3, FLOORS.rescan);
  const rescanBlocking = await shortest(RUNS, FLOORS.rescanBlocking);
  const rescan = await shortest(RUNS, async () => {
    const { unchanged } = await runImport(services);
    if (unchanged !== models) throw new Error(`Only ${unchanged} were unchanged`);
  });
  console.log(`${models} models`);
  console.log(compare("cold import", cold.ms, coldFloor, coldBlocking));
  console.log(
    `  event loop held up ${held.longest.toFixed(0)} ms at most, ` +
      `${held.over50} times above 50 ms`,
  );
  console.log(compare("rescan", rescan, rescanFloor, rescanBlocking));
  const isGood = cold.created === models && cold.ms <= COLD_LIMIT * coldFloor &&
    rescan <= RESCAN_LIMIT * rescanFloor;
  if (!isGood) Deno.exitCode = 1;
} finally {
  await services.close();
  await Deno.remove(dataDir, { recursive: true });
}
