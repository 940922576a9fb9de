// deno-lint-ignore-file no-console -- a command line tool
import { loadConfig } from "@/lib/config.ts";
import { appliedMigrations, migrate } from "@/lib/db/migrate.ts";
import { openDatabase } from "@/lib/db/open.ts";

/** Applies what is pending, or with `--down` undoes the newest migration. */
async function run(isDown: boolean): Promise<void> {
  const config = loadConfig();
  const { db, close } = await openDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
  });
  try {
    const before = (await appliedMigrations(db)).at(-2) ?? null;
    const done = await migrate(db, isDown ? { target: before } : {});
    console.log(done.length > 0 ? done.join("\n") : "Nothing to do");
  } finally {
    await close();
  }
}

if (import.meta.main) {
  try {
    await run(Deno.args.includes("--down"));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
