/**
 * An importer made to be killed. Its argument is an `ImportKilledOptions` as JSON. It goes on with the import it finds, or
 * starts one, and edits adapters meanwhile as a user would; "edited <path> <n>" is written once that edit is committed,
 * "done" once nothing is left to do.
 */
import { sql } from "kysely";
import { openDatabase } from "@/lib/db/open.ts";
import { StartImport } from "@/lib/importer/schema.ts";
import { ImportRig } from "./import_rig.ts";

export interface ImportKilledOptions {
  /** Null for the embedded database in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  root: string;
  leaseMs: number;
  /** Edits are numbered from here, so that later ones have higher numbers. */
  firstEdit: number;
}

const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));

/** One edit of a random adapter, as the catalog makes it: the field and the note that it was edited, in one statement. */
async function edit(rig: ImportRig, number: number): Promise<string | null> {
  const { rows } = await sql<{ file_path: string }>`
    update adapter set notes = ${`edit ${number}`}, updated_at = now(),
      edited_fields = array(select distinct unnest(edited_fields || '{notes}'))
    where id = (select id from adapter order by random() limit 1)
    returning file_path`.execute(rig.db);
  return rows[0]?.file_path ?? null;
}

if (import.meta.main) {
  const options: ImportKilledOptions = JSON.parse(Deno.args[0]!);
  const open = await openDatabase(options);
  const rig = await ImportRig.start(open, options);
  if ((await rig.library.roots()).length === 0) await rig.library.addRoot(options.root);
  if ((await rig.jobs.list({ kind: "import", limit: 1 })).length === 0) {
    await rig.importer.start(StartImport.parse({}));
  }
  let isDone = false;
  const working = rig.idle().then(() => isDone = true);
  for (let number = options.firstEdit; !isDone; number++) {
    const path = await edit(rig, number);
    if (path) say(`edited ${number} ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await working;
  await rig[Symbol.asyncDispose]();
  await open.close();
  say("done");
}
