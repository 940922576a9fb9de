// deno-lint-ignore-file no-console -- a command line tool
import { createBuilder } from "vite";

const OUTPUT = "_fresh/server.js";
/** What the build reads; a change below any of these makes it stale. */
const SOURCES = [
  "app.ts",
  "assets",
  "browser",
  "client.ts",
  "components",
  "define.ts",
  "deno.json",
  "deno.lock",
  "fresh",
  "islands",
  "lib",
  "main.ts",
  "migrations",
  "routes",
  "services.ts",
  "static",
  "vite.config.ts",
];

/** Time of the newest source in milliseconds, folders included, so that a deleted file counts. */
async function newest(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => null);
  if (!info) return 0;
  let latest = info.mtime?.getTime() ?? 0;
  if (!info.isDirectory) return latest;
  for await (const entry of Deno.readDir(path)) {
    latest = Math.max(latest, await newest(`${path}/${entry.name}`));
  }
  return latest;
}

async function isStale(): Promise<boolean> {
  const built = (await Deno.stat(OUTPUT).catch(() => null))?.mtime?.getTime() ?? 0;
  const times = await Promise.all(SOURCES.map(newest));
  return Math.max(...times) > built;
}

if (import.meta.main) {
  const onlyIfStale = Deno.args.includes("--if-stale");
  if (!onlyIfStale || await isStale()) {
    if (onlyIfStale) console.log("Building, because the sources are newer than the last build");
    const builder = await createBuilder({
      configLoader: "native",
      logLevel: onlyIfStale ? "warn" : "info",
    });
    await builder.buildApp();
  }
}
