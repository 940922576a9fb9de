import assert from "node:assert/strict";
import { sql } from "kysely";
import { onPGlite, type OpenDatabase, openDatabase } from "@/lib/db/open.ts";
import { appliedMigrations, migrate, pendingMigrations, SchemaTooNew } from "@/lib/db/migrate.ts";
import { MIGRATIONS } from "@/migrations/index.ts";
import { forEachDatabase, memoryPGlite } from "../support/database.ts";
import { createDatabase, hasPostgres } from "../support/postgres.ts";
import { dumpSchema } from "../support/schema_dump.ts";

const NAMES = Object.keys(MIGRATIONS);

async function withPGlite(test: (open: OpenDatabase) => Promise<void>): Promise<void> {
  const open = onPGlite(await memoryPGlite());
  try {
    await test(open);
  } finally {
    await open.close();
  }
}

async function withPostgres(
  test: (open: OpenDatabase, url: string) => Promise<void>,
): Promise<void> {
  const database = await createDatabase();
  try {
    const open = await openDatabase({ dataDir: "", databaseUrl: database.url });
    try {
      await test(open, database.url);
    } finally {
      await open.close();
    }
  } finally {
    await database.drop();
  }
}

const KINDS: [string, boolean, (test: (open: OpenDatabase) => Promise<void>) => Promise<void>][] = [
  ["pglite", false, withPGlite],
  ["postgres", !hasPostgres, withPostgres],
];

for (const [kind, ignore, withDatabase] of KINDS) {
  Deno.test({
    name: `migrations: each step goes up, down and up again to the same schema [${kind}]`,
    ignore,
    fn: () =>
      withDatabase(async ({ db }) => {
        const latest = await dumpSchema(db);
        await migrate(db, { target: null });
        const steps = [await dumpSchema(db)];
        for (const [index, name] of NAMES.entries()) {
          assert.deepEqual(await migrate(db, { target: name }), [`up ${name}`]);
          const up = await dumpSchema(db);
          assert.notDeepEqual(up, steps[index]);
          const below = NAMES[index - 1] ?? null;
          assert.deepEqual(await migrate(db, { target: below }), [`down ${name}`]);
          assert.deepEqual(await dumpSchema(db), steps[index], `${name} leaves something behind`);
          await migrate(db, { target: name });
          assert.deepEqual(await dumpSchema(db), up);
          steps.push(up);
        }
        assert.deepEqual(steps.at(-1), latest);
      }),
  });

  Deno.test({
    name: `migrate() refuses a newer schema without writing anything [${kind}]`,
    ignore,
    fn: () =>
      withDatabase(async ({ db }) => {
        const older = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, -1));
        const before = [await dumpSchema(db), await allRows(db)];
        await assert.rejects(migrate(db, { migrations: older }), (error) => {
          assert.ok(error instanceof SchemaTooNew);
          assert.deepEqual(error.unknown, [NAMES.at(-1)]);
          assert.match(error.message, /migrations this release does not know/);
          return true;
        });
        assert.deepEqual([await dumpSchema(db), await allRows(db)], before);
      }),
  });

  Deno.test({
    name: `migrate() undoes every step if one fails [${kind}]`,
    ignore,
    fn: () =>
      withDatabase(async ({ db }) => {
        const before = await dumpSchema(db);
        const migrations = {
          ...MIGRATIONS,
          "8_fine": { up: async (db) => void await sql`create table fine (a int)`.execute(db) },
          "9_faulty": { up: async (db) => void await sql`create tabel`.execute(db) },
        } as typeof MIGRATIONS;
        await assert.rejects(migrate(db, { migrations }), {
          message: "Cannot migrate the database: 9_faulty failed",
        });
        assert.deepEqual(await dumpSchema(db), before);
        assert.deepEqual(await appliedMigrations(db), NAMES);
      }),
  });
}

Deno.test({
  name: "migrations: PGlite and Postgres end with the same schema",
  ignore: !hasPostgres,
  fn: () =>
    withPGlite((embedded) =>
      withPostgres(async (server) => {
        assert.deepEqual(await dumpSchema(embedded.db), await dumpSchema(server.db));
      })
    ),
});

Deno.test({
  name: "migrate() from 5 processes at once runs each migration once",
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase({ empty: true });
    const starts = await Promise.all(
      Array.from({ length: 5 }, () => openDatabase({ dataDir: "", databaseUrl: database.url })),
    );
    try {
      const done = await Promise.all(starts.map(({ db }) => migrate(db)));
      assert.deepEqual(done.flat(), NAMES.map((name) => `up ${name}`));
      assert.deepEqual(await pendingMigrations(starts[0]!.db), []);
    } finally {
      for (const open of starts) await open.close();
      await database.drop();
    }
  },
});

forEachDatabase("pendingMigrations() is empty after migrate()", async (_t, { db }) => {
  assert.deepEqual(await appliedMigrations(db), NAMES);
  assert.deepEqual(await pendingMigrations(db), []);
  assert.deepEqual(await migrate(db), []);
});

/** Every row of every table, the migrator's own included. */
async function allRows(db: OpenDatabase["db"]): Promise<unknown> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(db);
  const contents: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await sql`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(db);
    contents[name] = rows;
  }
  return contents;
}
