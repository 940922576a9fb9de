import { createHash } from "node:crypto";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { onPGlite } from "@/lib/db/open.ts";
import { migrate } from "@/lib/db/migrate.ts";
import { PGLITE_OPTIONS } from "@/lib/db/pglite.ts";

const ROOT = new URL("../../", import.meta.url);

/** A migrated, empty database: as a folder to copy, and as an archive to load into memory. */
export interface Template {
  dir: string;
  archive: string;
}

let ready: Promise<Template> | undefined;

/** Made once per state of the migrations and kept between runs: a first start takes seconds, a copy tenths. */
export const pgliteTemplate = (): Promise<Template> => ready ??= make();

async function make(): Promise<Template> {
  const base = join(cacheRoot(), `pglite-${await schemaKey()}`);
  const template = { dir: join(base, "pg"), archive: join(base, "pg.tar") };
  if (await exists(base)) return template;
  await Deno.mkdir(cacheRoot(), { recursive: true });
  const building = await Deno.makeTempDir({ dir: cacheRoot(), prefix: "building-" });
  const pglite = new PGlite({ ...PGLITE_OPTIONS, dataDir: join(building, "pg") });
  const open = onPGlite(pglite);
  await migrate(open.db);
  const archive = await pglite.dumpDataDir("none");
  await open.close();
  await Deno.writeFile(join(building, "pg.tar"), new Uint8Array(await archive.arrayBuffer()));
  // Another process may have been quicker: its folder is as good as ours.
  await Deno.rename(building, base).catch(() => Deno.remove(building, { recursive: true }));
  return template;
}

/** Changes with whatever decides the schema: the migrations and the version of the database. */
export async function schemaKey(): Promise<string> {
  const hash = createHash("sha256");
  const folder = new URL("migrations/", ROOT);
  const names = [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
  for (const name of names) hash.update(name).update(await Deno.readFile(new URL(name, folder)));
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  return hash.update(imports["@electric-sql/pglite"]).digest("hex").slice(0, 16);
}

/** Per user, because what one user made another may not read. */
const cacheRoot = (): string =>
  join(Deno.env.get("TMPDIR") ?? "/tmp", `lm-test-cache-${Deno.uid() ?? 0}`);

export const exists = (path: string): Promise<boolean> =>
  Deno.stat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
