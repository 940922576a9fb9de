import { sql } from "kysely";
import { type Migration, type MigrationResultSet, Migrator, NO_MIGRATIONS } from "kysely/migration";
import { MIGRATIONS } from "@/migrations/index.ts";
import type { Db } from "./schema.ts";

/** The database was migrated by a newer release than this one. */
export class SchemaTooNew extends Error {
  constructor(readonly unknown: string[]) {
    super(
      `Cannot use this database: it has migrations this release does not know (${
        unknown.join(", ")
      }). Run the release that made them, or a newer one.`,
    );
    this.name = "SchemaTooNew";
  }
}

type Migrations = Readonly<Record<string, Migration>>;

/**
 * Brings the schema to `target`, the newest by default, upwards or downwards; null undoes every migration.
 *
 * Any number of processes may call this at once: an advisory lock lets one work while the others wait and find nothing
 * to do. All steps are one transaction.
 *
 * @returns What was done, in order, for example `["up 0001_catalog"]`.
 * @throws {SchemaTooNew} Before anything is written, if the database knows migrations that `migrations` does not.
 */
export async function migrate(
  db: Db,
  { target, migrations = MIGRATIONS }: { target?: string | null; migrations?: Migrations } = {},
): Promise<string[]> {
  await refuseNewer(db, migrations);
  return await db.connection().execute(async (connection) => {
    // Of the pool's connections only this one may take its time.
    await sql`select set_config('statement_timeout', '0', false)`.execute(connection);
    try {
      const migrator = new Migrator({
        db: connection,
        provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
      });
      return report(
        await (target === undefined
          ? migrator.migrateToLatest()
          : migrator.migrateTo(target ?? NO_MIGRATIONS)),
      );
    } finally {
      await sql`reset statement_timeout`.execute(connection);
    }
  });
}

/** Names of the migrations this database has had, in order. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  // Asked first: reading a table that is not there would be an error, and creating it a write.
  const { rows: [found] } = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (!found!.present) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`
    .execute(db);
  return rows.map((row) => row.name);
}

/** Names of the migrations that `migrate` would apply now. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const applied = new Set(await appliedMigrations(db));
  return Object.keys(MIGRATIONS).filter((name) => !applied.has(name));
}

async function refuseNewer(db: Db, migrations: Migrations): Promise<void> {
  const unknown = (await appliedMigrations(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0) throw new SchemaTooNew(unknown);
}

function report({ error, results = [] }: MigrationResultSet): string[] {
  if (error !== undefined) {
    const failed = results.find((result) => result.status === "Error");
    throw new Error(
      failed
        ? `Cannot migrate the database: ${failed.migrationName} failed`
        : "Cannot migrate the database",
      { cause: error },
    );
  }
  return results.map((result) => `${result.direction.toLowerCase()} ${result.migrationName}`);
}
