import { join } from "node:path";
import { Kysely, PGliteDialect, sql } from "kysely";
import { PostgresJSDialect } from "kysely-postgres-js";
import type { PGlite } from "@electric-sql/pglite";
import type postgres from "postgres";
import { type Channel, LocalChannel } from "./listen.ts";
import { DataDirLock } from "./lock.ts";
import { openPGlite } from "./pglite.ts";
import { connectPostgres, poolPostgres, type PostgresOptions } from "./postgres.ts";
import { PostgresChannel } from "./postgres_channel.ts";
import type { Database, Db } from "./schema.ts";
import { vacuumEmbedded } from "./vacuum.ts";

export type Dialect = "pglite" | "postgres";

/** An open database and what comes with it, alike for both kinds. */
export interface OpenDatabase {
  db: Db;
  dialect: Dialect;
  channel: Channel;
  /** The data folder's lock, held while the embedded database is open; null with a server. */
  lock: DataDirLock | null;
  /** Refreshes the planner's statistics, after bulk loads: the embedded database has no autovacuum to do it. */
  analyze(tables: (keyof Database)[]): Promise<void>;
  /** Reclaims the space of dead rows where a server would by itself. @returns The tables that had many. */
  vacuum(): Promise<string[]>;
  /** Waits for running statements, then frees the lock. */
  close(): Promise<void>;
}

/**
 * Opens the Postgres server at `databaseUrl` or, without one, the embedded database in `dataDir`/pg.
 *
 * @throws {DataDirBusy} If another process has the embedded database open.
 */
export async function openDatabase(
  { dataDir, databaseUrl, postgres }: {
    dataDir: string;
    databaseUrl: string | null;
    postgres?: PostgresOptions;
  },
): Promise<OpenDatabase> {
  if (databaseUrl !== null) return onPostgres(databaseUrl, postgres);
  const lock = await DataDirLock.acquire(dataDir);
  try {
    const open = onPGlite(await openPGlite(join(dataDir, "pg")));
    return {
      ...open,
      lock,
      close: async () => {
        await open.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Wraps an instance that is already open, of which the caller is the only user. */
export function onPGlite(pglite: PGlite): OpenDatabase {
  const db: Db = new Kysely({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    dialect: "pglite",
    channel: new LocalChannel(),
    lock: null,
    analyze: (tables) => analyze(db, tables),
    vacuum: () => vacuumEmbedded(db),
    close: async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
    },
  };
}

function onPostgres(url: string, options?: PostgresOptions): OpenDatabase {
  // The dialect uses no more of an instance than what the pool offers.
  const pool = poolPostgres(url, options) as unknown as postgres.Sql;
  const db: Db = new Kysely({
    dialect: new PostgresJSDialect({ postgres: () => Promise.resolve(pool) }),
  });
  const bell = connectPostgres(url, options);
  const channel = new PostgresChannel(bell);
  return {
    db,
    dialect: "postgres",
    channel,
    lock: null,
    analyze: (tables) => analyze(db, tables),
    vacuum: () => Promise.resolve([]),
    close: async () => {
      channel.close();
      await db.destroy();
      await bell.end({ timeout: 5 });
    },
  };
}

async function analyze(db: Db, tables: (keyof Database)[]): Promise<void> {
  if (tables.length === 0) return;
  await sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
}
