// deno-lint-ignore-file no-console -- a report for whoever runs it
/**
 * What the application adds to the bare SQL of a page, with 70,000 adapters in the embedded database and 4 clients.
 * The floor is measured in the same run, in turns, in a server of its own on a copy of the data.
 *
 *     deno run -A bench/catalog.ts [adapters]
 *
 * The data is generated once and kept below the system's folder for temporary files.
 */
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { migrate } from "@/lib/db/migrate.ts";
import { openDatabase } from "@/lib/db/open.ts";
import { fillCatalog } from "./catalog_dataset.ts";
import { type Scenario, scenarios } from "./catalog_scenarios.ts";
import { load, Samples } from "./load.ts";
import { ServerProcess } from "./server_process.ts";

/** Times the 95th percentile of the floor. */
const MOST_TIMES_FLOOR = 4;
/** A deep page against the first one; above 1 for the noise of a shared machine. */
const MOST_TIMES_FIRST_PAGE = 1.2;
const MOST_START_MS = 4000;
const STARTS = 3;
const ROUNDS = 4;
const REQUESTS_A_ROUND = 200;

const count = Number(Deno.args[0] ?? 70_000);
const base = join(Deno.env.get("TMPDIR") ?? "/tmp", "lm-bench-catalog");
const faults: string[] = [];

async function prepareData(): Promise<{ app: string; floor: string }> {
  const [made, app, floor] = ["made", "app", "floor"].map((name) => join(base, `${name}-${count}`));
  if (!await Deno.stat(join(made!, "complete")).catch(() => null)) {
    console.log(`Generating ${count} adapters`);
    await Deno.remove(made!, { recursive: true }).catch(() => {});
    await Deno.mkdir(made!, { recursive: true });
    const database = await openDatabase({ dataDir: made!, databaseUrl: null });
    await migrate(database.db);
    await fillCatalog(database.db, count);
    await database.analyze(["adapter"]);
    await database.close();
    await Deno.writeTextFile(join(made!, "complete"), "");
  }
  for (const copy of [app!, floor!]) {
    await Deno.remove(copy, { recursive: true }).catch(() => {});
    await new Deno.Command("cp", { args: ["-r", made!, copy] }).output();
  }
  return { app: app!, floor: floor! };
}

const startApp = (dataDir: string) =>
  ServerProcess.start(["run", "-A", "--unstable-no-legacy-abort", "serve.ts"], {
    LM_DATA_DIR: dataDir,
    LM_PORT: "0",
    LM_API_CALLS_PER_MINUTE: "0",
    LM_LOG_LEVEL: "error",
  });

async function measureStart(dataDir: string): Promise<void> {
  const times = new Samples();
  for (let run = 0; run < STARTS; run++) {
    const start = performance.now();
    await using app = await startApp(dataDir);
    const response = await fetch(app.address);
    await response.text();
    times.add(performance.now() - start);
    if (response.status !== 200) throw new Error(`/ answered ${response.status}`);
  }
  report(
    "start to first page",
    `${times.p50.toFixed(0)} ms`,
    `at most ${MOST_START_MS}`,
    times.p50 <= MOST_START_MS,
  );
}

/** The scripts that the gallery loads, with what they import statically. */
async function measureScripts(address: string): Promise<void> {
  const html = await (await fetch(address)).text();
  const queue = [...html.matchAll(/(?:src|href)="([^"]+\.js[^"]*)"/g)]
    .map(([, path]) => new URL(path!.replaceAll("&amp;", "&"), address).href);
  const seen = new Set<string>();
  let [raw, gzip, brotli] = [0, 0, 0];
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (seen.has(url)) continue;
    seen.add(url);
    const code = await (await fetch(url)).text();
    raw += code.length;
    gzip += gzipSync(code).length;
    brotli += brotliCompressSync(code).length;
    for (const [, path] of code.matchAll(/(?:import|from)\s*["'](\.[^"']+)["']/g)) {
      queue.push(new URL(path!, url).href);
    }
  }
  console.log(
    `scripts of the gallery: ${seen.size} files, ${raw} bytes, ${gzip} gzip, ${brotli} brotli`,
  );
}

async function measure({ name, urls, floorUrls }: Scenario): Promise<Samples> {
  const [ours, floor] = [new Samples(), new Samples()];
  await load(urls, new Samples(), { count: REQUESTS_A_ROUND / 4 });
  await load(floorUrls, new Samples(), { count: REQUESTS_A_ROUND / 4 });
  for (let round = 0; round < ROUNDS; round++) {
    await load(floorUrls, floor, { count: REQUESTS_A_ROUND });
    await load(urls, ours, { count: REQUESTS_A_ROUND });
  }
  const ratio = ours.p95 / floor.p95;
  const figures = `p50 ${ours.p50.toFixed(1)}  p95 ${ours.p95.toFixed(1)} ms; floor p50 ${
    floor.p50.toFixed(1)
  }  p95 ${floor.p95.toFixed(1)} ms; ${ratio.toFixed(2)} times`;
  report(name, figures, `at most ${MOST_TIMES_FLOOR}`, ratio <= MOST_TIMES_FLOOR);
  return ours;
}

function report(name: string, figures: string, limit: string, isKept: boolean): void {
  console.log(`${isKept ? "ok  " : "FAIL"} ${name.padEnd(24)} ${figures} (${limit})`);
  if (!isKept) faults.push(name);
}

const dirs = await prepareData();
await measureStart(dirs.app);
{
  await using app = await startApp(dirs.app);
  await using floor = await ServerProcess.start(
    ["run", "-A", "bench/catalog_floor.ts", dirs.floor],
    {},
  );
  await measureScripts(app.address);
  const { pages, first, deep } = await scenarios(app.address, floor.address);
  for (const scenario of pages) await measure(scenario);
  const [onFirst, onDeep] = [await measure(first), await measure(deep)];
  const ratio = onDeep.p95 / onFirst.p95;
  report(
    "deep against first page",
    `${ratio.toFixed(2)} times`,
    `at most ${MOST_TIMES_FIRST_PAGE}`,
    ratio <= MOST_TIMES_FIRST_PAGE,
  );
}
if (faults.length > 0) {
  console.log(`Limits exceeded: ${faults.join(", ")}`);
  Deno.exit(1);
}
