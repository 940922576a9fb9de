// deno-lint-ignore-file no-console
/**
 * How much an import costs beyond what the disk and the parser take anyway. The floors are measured in the same run:
 * cold, to read and parse every sidecar and read every header; unchanged, to walk the tree and stat every file.
 *
 *     deno run -A bench/import.ts [models]
 */
import { join } from "node:path";
import { loadConfig } from "@/lib/config.ts";
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

function readHeader(path: string): number {
  using file = Deno.openSync(path);
  const prefix = new Uint8Array(8);
  file.readSync(prefix);
  const json = new Uint8Array(Number(new DataView(prefix.buffer).getBigUint64(0, true)));
  file.readSync(json);
  return Object.keys(JSON.parse(new TextDecoder().decode(json))).length;
}

function coldFloor(): number {
  const start = performance.now();
  let found = 0;
  for (const path of filesBelow(root)) {
    if (path.endsWith(".json")) {
      found += Object.keys(JSON.parse(Deno.readTextFileSync(path))).length;
    } else found += readHeader(path);
  }
  if (found === 0) throw new Error("nothing was read");
  return performance.now() - start;
}

function rescanFloor(): number {
  const start = performance.now();
  let bytes = 0;
  for (const path of filesBelow(root)) bytes += Deno.lstatSync(path).size;
  if (bytes === 0) throw new Error("nothing was found");
  return performance.now() - start;
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

const best = (times: number[]) => Math.min(...times);
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

const dataDir = await Deno.makeTempDir({ prefix: "lm-bench-" });
const services = await openServices(loadConfig({ LM_DATA_DIR: dataDir, LM_LIBRARY: root }));
try {
  await services.library.addRoot(root);
  await services.startWorkers();
  const floor = best(Array.from({ length: 3 }, coldFloor));
  const stopWatch = watchLoop();
  const cold = await runImport(services);
  const held = stopWatch();
  // What follows an import in the background is not part of it.
  for (const job of await services.jobs.list({ limit: 100 })) {
    if (job.status === "pending" || job.status === "running") await services.jobs.cancel(job.id);
  }
  const statFloor = best(Array.from({ length: RUNS }, rescanFloor));
  await services.db.updateTable("adapter").set({ hash_state: "none" }).execute();
  const rescans: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const rescan = await runImport(services);
    if (rescan.unchanged !== models) throw new Error(`Only ${rescan.unchanged} were unchanged`);
    rescans.push(rescan.ms);
  }
  const rescan = best(rescans);
  console.log(`${models} models`);
  console.log(
    `cold import  ${seconds(cold.ms)}, floor ${seconds(floor)}: ${
      (cold.ms / floor).toFixed(2)
    } times`,
  );
  console.log(
    `  event loop held up ${held.longest.toFixed(0)} ms at most, ${held.over50} times above 50 ms`,
  );
  console.log(
    `rescan       ${seconds(rescan)}, floor ${seconds(statFloor)}: ${
      (rescan / statFloor).toFixed(2)
    } times`,
  );
  const isGood = cold.created === models && cold.ms <= COLD_LIMIT * floor &&
    rescan <= RESCAN_LIMIT * statFloor;
  if (!isGood) Deno.exitCode = 1;
} finally {
  await services.close();
  await Deno.remove(dataDir, { recursive: true });
}
