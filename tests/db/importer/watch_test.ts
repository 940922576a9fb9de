import assert from "node:assert/strict";
import { LibraryWatch } from "@/lib/importer/watch.ts";
import { forEachDatabase } from "../../support/database.ts";
import { ImportRig } from "../../support/import_rig.ts";
import { until } from "../../support/jobs.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

function watchOf(rig: ImportRig): LibraryWatch & AsyncDisposable {
  const { importer, jobs, library, settings, dataDir } = rig;
  const watch = new LibraryWatch({
    importer,
    jobs,
    library,
    settings,
    dataDir,
    quietMs: 30,
    checkMs: 20,
  });
  return Object.assign(watch, { [Symbol.asyncDispose]: () => watch.stop() });
}

forEachDatabase(
  "LibraryWatch imports at start, after changes and after a root's return",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("first.safetensors", {}, "one");
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await using watch = watchOf(rig);
    const statusOf = async (path: string) =>
      (await rig.adapters()).find((row) => row.file_path === path)?.file_status;

    watch.start();
    await until(async () => await statusOf("first.safetensors") === "present");
    await rig.idle();
    await folder.writeModel("new/second.safetensors", {}, "the second");
    await until(async () => await statusOf("new/second.safetensors") === "present");
    await folder.remove("new");
    await until(async () => await statusOf("new/second.safetensors") === "missing");

    const plugIn = await folder.unplug();
    await until(async () => !(await rig.library.roots())[0]!.available);
    await rig.idle();
    await plugIn();
    await folder.writeModel("third.safetensors", {}, "the third one");
    await until(async () => await statusOf("third.safetensors") === "present");
    assert.equal(await statusOf("first.safetensors"), "present");
    await folder.writeModel("fourth.safetensors", {}, "and the fourth");
    await until(async () => await statusOf("fourth.safetensors") === "present");
    await watch.stop();
    await rig.idle();
  },
);

forEachDatabase("LibraryWatch scans once for many changes", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await using rig = await ImportRig.start(open);
  await rig.library.addRoot(folder.path);
  await using watch = watchOf(rig);
  watch.start();
  await until(async () => (await rig.jobs.list({ limit: 10 })).length > 0);
  await rig.idle();
  for (let n = 0; n < 60; n++) await folder.writeModel(`m${n}.safetensors`, {}, `tensor ${n}`);
  await until(async () => (await rig.adapters()).length === 60);
  await watch.stop();
  await rig.idle();
  const scans = (await rig.jobs.list({ kind: "import", limit: 100 })).length;
  assert.ok(scans <= 8, `${scans} scans`);
});
