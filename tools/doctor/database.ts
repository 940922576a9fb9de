import { join } from "node:path";
import { sql } from "kysely";
import { runningServer } from "@/lib/db/lock.ts";
import { pendingMigrations, SchemaTooNew } from "@/lib/db/migrate.ts";
import { openDatabase } from "@/lib/db/open.ts";
import type { Check, Finding } from "./finding.ts";

const OLDEST_POSTGRES = 15;

export const checkDatabase: Check = async ({ dataDir, databaseUrl }) => {
  if (!databaseUrl) {
    if (await runningServer(dataDir)) {
      return [{ level: "ok", what: "The embedded database is open in the running server" }];
    }
    const exists = await Deno.stat(join(dataDir, "pg")).then(() => true, () => false);
    if (!exists) {
      return [{ level: "ok", what: "The embedded database will be made at the first start" }];
    }
  }
  try {
    const database = await openDatabase({ dataDir, databaseUrl: databaseUrl?.reveal() ?? null });
    try {
      return [await versionOf(database.db), await schemaOf(database.db)];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{
      level: "fail",
      what: `Cannot open the database: ${error instanceof Error ? error.message : error}`,
      mend: databaseUrl
        ? "Check that DATABASE_URL is right and the server is up"
        : "Restore the data folder from a backup, or move it away to start anew",
    }];
  }
};

type Handle = Awaited<ReturnType<typeof openDatabase>>["db"];

async function versionOf(db: Handle): Promise<Finding> {
  const { rows: [row] } = await sql<{ server_version_num: string }>`show server_version_num`
    .execute(db);
  const major = Math.floor(Number(row!.server_version_num) / 10_000);
  return major < OLDEST_POSTGRES
    ? {
      level: "fail",
      what: `Postgres ${major} is too old`,
      mend: `Use Postgres ${OLDEST_POSTGRES} or later`,
    }
    : { level: "ok", what: `Postgres ${major} answers` };
}

async function schemaOf(db: Handle): Promise<Finding> {
  try {
    const pending = await pendingMigrations(db);
    return pending.length === 0 ? { level: "ok", what: "The schema is current" } : {
      level: "ok",
      what: `${pending.length} migrations are pending; the next start applies them`,
    };
  } catch (error) {
    if (!(error instanceof SchemaTooNew)) throw error;
    return { level: "fail", what: error.message };
  }
}
