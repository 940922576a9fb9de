import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { onPGlite, type OpenDatabase, openDatabase } from "@/lib/db/open.ts";
import { PGLITE_OPTIONS } from "@/lib/db/pglite.ts";
import { pgliteTemplate } from "./pglite_template.ts";
import { createDatabase, hasPostgres } from "./postgres.ts";

type DatabaseTest = (t: Deno.TestContext, open: OpenDatabase) => Promise<void> | void;

/**
 * Registers `test` twice: on PGlite and on a real Postgres, each time with a migrated, empty database.
 *
 * Where no Postgres is installed its half is skipped, visibly; with `CI=true` that is a failure.
 */
export function forEachDatabase(name: string, test: DatabaseTest): void {
  Deno.test(`${name} [pglite]`, async (t) => {
    await test(t, onPGlite(await emptyPGlite()));
  });
  Deno.test({
    name: `${name} [postgres${hasPostgres ? "" : ": skipped, not installed"}]`,
    ignore: !hasPostgres,
    fn: async (t) => {
      const database = await createDatabase();
      try {
        const open = await openDatabase({ dataDir: "", databaseUrl: database.url });
        try {
          await test(t, open);
        } finally {
          await open.close();
        }
      } finally {
        await database.drop();
      }
    },
  });
}

/** A migrated, empty database in memory that the caller closes. */
export async function memoryPGlite(): Promise<PGlite> {
  const { archive } = await pgliteTemplate();
  const pglite = new PGlite({
    ...PGLITE_OPTIONS,
    loadDataDir: new Blob([await Deno.readFile(archive)]),
  });
  await pglite.waitReady;
  return pglite;
}

/** A data folder whose embedded database is migrated already: tenths of a second instead of several. */
export async function makeDataDir(): Promise<string> {
  const { dir } = await pgliteTemplate();
  const dataDir = await Deno.makeTempDir({ prefix: "lm-test-data-" });
  const { success } = await new Deno.Command("cp", { args: ["-r", dir, dataDir] }).output();
  if (!success) throw new Error(`Cannot copy ${dir} to ${dataDir}`);
  return dataDir;
}

let shared: PGlite | undefined;

/** One instance serves all tests of a file; between tests it is emptied, which takes a tenth of loading a new one. */
async function emptyPGlite(): Promise<PGlite> {
  if (shared && !shared.closed && await emptied(shared)) return shared;
  return shared = await memoryPGlite();
}

/** False if the instance does not answer: a failed test may have left it inside a transaction. */
async function emptied(pglite: PGlite): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((done) => timer = setTimeout(() => done(false), 5000));
  const work = (async () => {
    const { db } = onPGlite(pglite);
    const { rows } = await sql<{ name: string }>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'`.execute(db);
    await sql`truncate ${sql.raw(rows.map((row) => row.name).join(", "))} restart identity cascade`
      .execute(db);
    return true;
  })();
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
