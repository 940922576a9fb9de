import assert from "node:assert/strict";
import { type OpenDatabase, openDatabase } from "@/lib/db/open.ts";
import { makeDataDir } from "../../support/database.ts";
import type { ImportKilledOptions } from "../../support/import_killed.ts";
import { LibraryFolder } from "../../support/library_folder.ts";
import { createDatabase, hasPostgres } from "../../support/postgres.ts";
import { report } from "../../support/report.ts";

/** The long version, by hand: LM_TEST_KILLS=50 LM_TEST_KILL_MODELS=3000. */
const KILLS = Number(Deno.env.get("LM_TEST_KILLS") ?? 4);
const MODELS = Number(Deno.env.get("LM_TEST_KILL_MODELS") ?? 400);
const LEASE_MS = 1_000;
const EDITS_PER_LIFE = 40;
const SCRIPT = new URL("../../support/import_killed.ts", import.meta.url).pathname;

async function makeLibrary(): Promise<LibraryFolder> {
  const folder = await LibraryFolder.make();
  for (let n = 0; n < MODELS; n++) {
    await folder.writeModel(`d${n % 7}/m${n}.safetensors`, { ss_output_name: `m${n}` }, `t${n}`);
    await folder.write(`d${n % 7}/m${n}.json`, { "activation text": `word ${n}`, notes: "theirs" });
  }
  return folder;
}

/**
 * One life of an importer: it is killed after some edits, at whatever it is doing then, or lives to the end.
 *
 * @param acknowledged Number of the last edit that each path was told of; added to.
 * @returns Whether all work was done.
 */
async function live(
  options: ImportKilledOptions,
  editsUntilKill: number,
  acknowledged: Map<string, number>,
): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", SCRIPT, JSON.stringify(options)],
    stdout: "piped",
  }).spawn();
  let isDone = false;
  let edits = 0;
  let rest = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === "done") isDone = true;
      const [, number, path] = /^edited (\d+) (.*)$/.exec(line) ?? [];
      if (!path) continue;
      acknowledged.set(path, Number(number));
      if (++edits === editsUntilKill) child.kill("SIGKILL");
    }
  }
  await child.status;
  return isDone;
}

async function killManyTimes(where: Pick<ImportKilledOptions, "databaseUrl" | "dataDir">) {
  await using folder = await makeLibrary();
  const acknowledged = new Map<string, number>();
  let lives = 0;
  let isDone = false;
  while (!isDone) {
    const until = lives < KILLS ? 1 + Math.floor(Math.random() * EDITS_PER_LIFE) : Infinity;
    const firstEdit = lives++ * 100_000;
    const options = { ...where, root: folder.path, leaseMs: LEASE_MS, firstEdit };
    isDone = await live(options, until, acknowledged);
  }
  const open = await openDatabase(where);
  try {
    await assertWhole(open, acknowledged);
  } finally {
    await open.close();
  }
  return { lives, edits: acknowledged.size };
}

/** Every model once and hashed, every acknowledged edit there, and a report that counts each model once. */
async function assertWhole({ db }: OpenDatabase, acknowledged: Map<string, number>) {
  const rows = await db.selectFrom("adapter")
    .select(["file_path", "notes", "activation_text", "hash_state", "file_status"]).execute();
  assert.equal(rows.length, MODELS);
  const wrong = rows.filter((row) =>
    row.hash_state !== "done" || row.file_status !== "present" || !row.activation_text
  );
  assert.deepEqual(wrong, []);
  const lost = rows.filter(({ file_path, notes }) => {
    const number = Number(/^edit (\d+)$/.exec(notes ?? "")?.[1] ?? -1);
    // A later edit may have been committed without the kill leaving time to say so.
    return number < (acknowledged.get(file_path) ?? -1);
  });
  assert.deepEqual(lost, []);
  const imports = await db.selectFrom("job").select(["id", "status", "result"])
    .where("kind", "=", "import").execute();
  assert.deepEqual(imports.map(({ status }) => status), ["succeeded"]);
  const { scanned, created, unchanged, updated } = imports[0]!.result!;
  assert.deepEqual({ scanned, created, unchanged, updated }, {
    scanned: MODELS,
    created: MODELS,
    unchanged: 0,
    updated: 0,
  });
  const lines = await db.selectFrom("import_item").select("path")
    .where("job_id", "=", imports[0]!.id).execute();
  assert.equal(new Set(lines.map(({ path }) => path)).size, lines.length);
  assert.equal(lines.length, MODELS);
}

Deno.test(`an import on PGlite survives ${KILLS} SIGKILLs with edits in between`, async () => {
  const dataDir = await makeDataDir();
  try {
    const { lives, edits } = await killManyTimes({ databaseUrl: null, dataDir });
    report(`${lives} lives, ${edits} adapters edited`);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});

Deno.test({
  name: `an import on Postgres survives ${KILLS} SIGKILLs with edits in between`,
  ignore: !hasPostgres,
  fn: async () => {
    const database = await createDatabase();
    const dataDir = await Deno.makeTempDir();
    try {
      const { lives, edits } = await killManyTimes({ databaseUrl: database.url, dataDir });
      report(`${lives} lives, ${edits} adapters edited`);
    } finally {
      await Deno.remove(dataDir, { recursive: true });
      await database.drop();
    }
  },
});
