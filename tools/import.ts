// deno-lint-ignore-file no-console -- a command line tool
import { resolve } from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import { Command, CommanderError } from "commander";
import { loadConfig } from "@/lib/config.ts";
import type { ImportStatus } from "@/lib/importer/report.ts";
import { StartImport } from "@/lib/importer/schema.ts";
import { type Display, jsonDisplay, PlainDisplay, TerminalDisplay } from "./import/display.ts";
import { type ImportDriver, openDriver } from "./import/driver.ts";

const EXIT = { ok: 0, failed: 1, usage: 2, cannotRun: 3, interrupted: 130 } as const;

const POLL_MS = 200;

interface Options {
  path?: string;
  dryRun: boolean;
  forceResync: boolean;
  ignore: string[];
  confirmMissing: boolean;
  json: boolean;
  yes: boolean;
  key?: string;
}

class UsageError extends Error {}

function parseOptions(args: string[]): Options {
  const program = new Command("import")
    .description("Brings the catalog up to date with the files of the library.")
    .option("--path <dir>", "a folder; registered as a library root if it is in none (asks first)")
    .option("--dry-run", "say what would change, field by field, and write nothing", false)
    .option("--force-resync", "read every file again, changed or not", false)
    .option(
      "--ignore <glob>",
      "leave files out, as .gitignore does; may be given several times",
      (glob: string, globs: string[]) => [...globs, glob],
      [] as string[],
    )
    .option("--confirm-missing", "mark files missing even if a fifth vanished at once", false)
    .option("--json", "print the report as JSON and nothing else", false)
    .option("-y, --yes", "register --path without asking", false)
    .option("--key <key>", "API key for a server that is running; also read from LM_API_KEY")
    .addHelpText(
      "after",
      `
Without --path all library roots are scanned. If a server runs on the same data folder, it does
the work and this command shows it; otherwise the command does it itself. Files are hashed and
previews measured in the background by the next server.

Ctrl-C stops after the current files; what was imported stays.

Exit codes:
  0    everything was imported
  1    some files failed, or suspiciously many have vanished
  2    the command was called wrongly
  3    the import could not run
  130  interrupted by Ctrl-C`,
    )
    .allowExcessArguments(false)
    .exitOverride();
  program.parse(args, { from: "user" });
  return program.opts<Options>();
}

/** @throws {UsageError} If the folder is none, or must be registered and may not be. */
async function registerPath(driver: ImportDriver, options: Options & { path: string }) {
  const { path } = options;
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isDirectory) throw new UsageError(`${path} is not a folder`);
  if (await driver.covers(path)) return;
  if (!options.yes) {
    if (options.json || !Deno.stdin.isTerminal()) {
      throw new UsageError(`${path} is in no library root; add --yes to register it`);
    }
    const answer = await confirm({ message: `Add ${path} to the library?` });
    if (isCancel(answer) || !answer) throw new UsageError(`${path} was not registered`);
  }
  await driver.addRoot(path);
}

async function start(driver: ImportDriver, options: Options): Promise<string> {
  const path = options.path === undefined ? undefined : resolve(options.path);
  if (path === undefined) {
    if (await driver.countRoots() === 0) {
      throw new UsageError("There is no library yet: give --path");
    }
  } else if (options.dryRun && driver.plan && !await driver.covers(path)) {
    // Registering is a write, and a dry run writes nothing.
    const info = await Deno.stat(path).catch(() => null);
    if (!info?.isDirectory) throw new UsageError(`${path} is not a folder`);
    return await driver.plan(path, options.ignore);
  } else await registerPath(driver, { ...options, path });
  return await driver.start(StartImport.parse({
    path,
    dry_run: options.dryRun,
    force_resync: options.forceResync,
    ignore: options.ignore,
    confirm_missing: options.confirmMissing,
  }));
}

const isOver = ({ status }: ImportStatus) => status !== "pending" && status !== "running";

/** Waits for the end; the first Ctrl-C cancels the import, a second one leaves at once. */
async function follow(
  driver: ImportDriver,
  jobId: string,
  display: Display,
): Promise<{ interrupted: boolean }> {
  let interrupted = false;
  const onInterrupt = () => {
    if (interrupted) Deno.exit(EXIT.interrupted);
    interrupted = true;
    driver.cancel(jobId).catch((error) => console.error(`Cannot cancel: ${error.message}`));
  };
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    for (;;) {
      const status = await driver.status(jobId);
      if (isOver(status)) return { interrupted };
      display.progress(status);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    Deno.removeSignalListener("SIGINT", onInterrupt);
  }
}

async function run(options: Options): Promise<number> {
  const display = options.json
    ? jsonDisplay
    : Deno.stderr.isTerminal()
    ? new TerminalDisplay()
    : new PlainDisplay();
  const key = options.key ?? Deno.env.get("LM_API_KEY");
  await using driver = await openDriver(loadConfig(), key);
  if (driver.server && !options.json) console.error(`The server at ${driver.server} imports`);
  const jobId = await start(driver, options);
  const { interrupted } = await follow(driver, jobId, display);
  const status = await driver.report(jobId);
  display.report(status);
  if (interrupted) return EXIT.interrupted;
  if (status.status !== "succeeded") {
    console.error(`The import ${status.status}: ${status.error?.message ?? "no reason is known"}`);
    return EXIT.cannotRun;
  }
  return status.report.failed > 0 || status.outcomes.paused ? EXIT.failed : EXIT.ok;
}

/** @returns The exit code; every fault is told on standard error. */
async function main(args: string[]): Promise<number> {
  try {
    return await run(parseOptions(args));
  } catch (error) {
    // Commander has said it already; its code 0 is --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? EXIT.usage : EXIT.cannotRun;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
