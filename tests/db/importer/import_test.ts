import assert from "node:assert/strict";
import { Invalid } from "@/lib/errors.ts";
import { civitaiFile, civitaiModel, civitaiVersion, hash } from "../../unit/importer/fixtures.ts";
import { forEachDatabase } from "../../support/database.ts";
import { ImportRig, linesOf } from "../../support/import_rig.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

/** A rig whose only root is `folder`. */
async function rigOn(open: Parameters<typeof ImportRig.start>[0], folder: LibraryFolder) {
  const rig = await ImportRig.start(open);
  const root = await rig.library.addRoot(folder.path);
  return Object.assign(rig, { root });
}

forEachDatabase("Importer.start() catalogs models, sidecars and orphans", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("neon_rain_v2.safetensors");
  await folder.write("neon_rain_v2.json", civitaiModel());
  await folder.writeModel("sub/orphan.safetensors", {
    ss_output_name: "orphan",
    ss_network_dim: "16",
  });
  await folder.write("gone.civitai.info", civitaiVersion({ name: "lost" }));
  await folder.write("old.pt", new Uint8Array([0x80, 2, 0x7d, 0x71, 0, 0x2e]));
  await folder.write("workflow.json", { nodes: [], links: [] });
  await using rig = await rigOn(open, folder);

  const status = await rig.import();
  assert.equal(status.status, "succeeded");
  const { items: _, duration_ms: _d, ...counts } = status.report;
  assert.deepEqual(counts, {
    scanned: 5,
    created: 4,
    updated: 0,
    unchanged: 0,
    missing: 1,
    orphans: 2,
    failed: 0,
    duplicates: 0,
  });
  assert.deepEqual(linesOf(status, folder.path).sort(), [
    "created gone.safetensors",
    "created neon_rain_v2.safetensors",
    "created old.pt",
    "created sub/orphan.safetensors",
    "skipped workflow.json",
  ]);
  const states = (await rig.adapters()).map((row) =>
    [row.file_path, row.file_status, row.file_format].join(" ")
  );
  assert.deepEqual(states, [
    "gone.safetensors missing unknown",
    "neon_rain_v2.safetensors present safetensors",
    "old.pt present pickle",
    "sub/orphan.safetensors present safetensors",
  ]);
  assert.equal((await rig.adapter("sub/orphan.safetensors")).training.rank, 16);
  assert.ok(rig.changes > 0, "the catalog was told");
});

forEachDatabase(
  "a second import finds everything unchanged and writes nothing",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    for (let n = 0; n < 150; n++) {
      await folder.writeModel(`m${n}.safetensors`, { ss_output_name: `m${n}` });
      await folder.write(`m${n}.json`, { "activation text": `word ${n}` });
    }
    await using rig = await rigOn(open, folder);
    assert.equal((await rig.import()).report.created, 150);
    await rig.idle();
    const before = await rig.adapters();
    const { report } = await rig.import();
    assert.deepEqual([report.unchanged, report.created, report.updated, report.items.length], [
      150,
      0,
      0,
      0,
    ]);
    assert.deepEqual(await rig.adapters(), before);
  },
);

forEachDatabase(
  "a JSON file of another program is read once, and again when it changes",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.write("workflow.json", { nodes: [] });
    await using rig = await rigOn(open, folder);
    for (let n = 0; n < 2; n++) {
      const status = await rig.import();
      assert.deepEqual(linesOf(status, folder.path), ["skipped workflow.json"]);
    }
    await folder.write("workflow.json", {
      "activation text": "now it is one",
      "sd version": "SD1",
    });
    assert.deepEqual(linesOf(await rig.import(), folder.path), ["created workflow.safetensors"]);
  },
);

forEachDatabase("a re-import keeps edits and replaces nothing by nothing", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await folder.write("a.json", {
    description: "first",
    "activation text": "old word",
    notes: "theirs",
  });
  await using rig = await rigOn(open, folder);
  await rig.import();
  await rig.idle();
  await rig.edit("a.safetensors", { notes: "mine", name: "My name" });
  await folder.write("a.json", {
    description: "second, longer",
    "activation text": "new word",
    notes: "theirs too",
  });
  const status = await rig.import();
  assert.deepEqual([status.report.updated, status.report.created], [1, 0]);
  assert.match(status.report.items[0]!.reason!, /activation_text: "old word" → "new word"/);
  const row = await rig.adapter("a.safetensors");
  assert.deepEqual([row.name, row.notes, row.activation_text], ["My name", "mine", "new word"]);
  await folder.write("a.json", { notes: "" });
  await rig.import();
  assert.equal((await rig.adapter("a.safetensors")).activation_text, "new word");
});

forEachDatabase(
  "a dry run says field by field what would change and writes no record",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("a.safetensors");
    await folder.write("a.json", { "activation text": "old" });
    await using rig = await rigOn(open, folder);
    await rig.import();
    await rig.idle();
    await folder.write("a.json", { "activation text": "brand new" });
    await folder.writeModel("b.safetensors");
    const before = await rig.adapters();
    const planned = await rig.import({ dry_run: true });
    assert.deepEqual(await rig.adapters(), before);
    assert.deepEqual(linesOf(planned, folder.path), [
      "updated a.safetensors",
      "created b.safetensors",
    ]);
    assert.match(planned.report.items[0]!.reason!, /activation_text: "old" → "brand new"/);
    const done = await rig.import();
    assert.deepEqual(
      { ...done.report, duration_ms: 0 },
      { ...planned.report, duration_ms: 0 },
      "the import does what the dry run said",
    );
  },
);

forEachDatabase("force_resync reads unchanged files again", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await folder.write("a.json", { "activation text": "from file" });
  await using rig = await rigOn(open, folder);
  await rig.import();
  await rig.idle();
  await rig.db.updateTable("adapter").set({ activation_text: "damaged" }).execute();
  assert.equal((await rig.import()).report.unchanged, 1);
  assert.equal((await rig.import({ force_resync: true })).report.updated, 1);
  assert.equal((await rig.adapter("a.safetensors")).activation_text, "from file");
});

forEachDatabase(
  "one bad file stops nothing and is reported with what was kept",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("good.safetensors");
    await folder.writeModel("half.safetensors");
    await folder.write("half.json", '{"activation text": ');
    await folder.write("page.safetensors", "<!doctype html><title>Sign in</title>");
    await folder.write("empty.safetensors", "");
    await folder.write(
      "pickle.safetensors",
      new Uint8Array([0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0x2e]),
    );
    await using rig = await rigOn(open, folder);
    const status = await rig.import();
    assert.equal(status.report.created, 5);
    assert.equal(status.report.failed, 4);
    const failed = status.report.items.filter((item) => item.outcome === "failed");
    for (const { reason } of failed) assert.match(reason!, /kept|made from the other files/);
    const states = (await rig.adapters()).map((row) =>
      `${row.file_path} ${row.file_status} ${row.file_format}`
    );
    assert.deepEqual(states, [
      "empty.safetensors unreadable unknown",
      "good.safetensors present safetensors",
      "half.safetensors present safetensors",
      "page.safetensors unreadable unknown",
      "pickle.safetensors present pickle",
    ]);
    await folder.writeModel("page.safetensors");
    await rig.import();
    assert.equal((await rig.adapter("page.safetensors")).file_status, "present");
  },
);

forEachDatabase("a moved model keeps its record and its edits", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("old/a.safetensors", {}, "alpha alpha");
  await folder.writeModel("old/b.safetensors", {}, "beta");
  await using rig = await rigOn(open, folder);
  await rig.import();
  const id = await rig.edit("old/a.safetensors", { notes: "dear" });
  await folder.rename("old/a.safetensors", "new/deep/a.safetensors");
  const status = await rig.import();
  assert.deepEqual(linesOf(status, folder.path), ["moved new/deep/a.safetensors"]);
  assert.equal(status.report.missing, 0);
  const row = await rig.adapter("new/deep/a.safetensors");
  assert.deepEqual([row.id, row.notes, row.file_status], [id, "dear", "present"]);
  assert.equal((await rig.adapters()).length, 2);
});

forEachDatabase(
  "a renamed model takes its record back once its hash is known",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("before.safetensors", {}, "the same bytes");
    await using rig = await rigOn(open, folder);
    await rig.import();
    await rig.idle();
    const id = await rig.edit("before.safetensors", { notes: "dear" });
    await folder.rename("before.safetensors", "after.safetensors");
    await rig.import();
    await rig.idle();
    const rows = await rig.adapters();
    assert.deepEqual(rows.map((row) => [row.id, row.file_path, row.notes, row.file_status]), [
      [id, "after.safetensors", "dear", "present"],
    ]);
    assert.equal((await rig.import()).report.unchanged, 1);
  },
);

forEachDatabase("deleted files are marked missing, kept, and found again", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await folder.writeModel("b.safetensors");
  await folder.write("b.json", { "activation text": "b" });
  await folder.writeModel("c.safetensors");
  await using rig = await rigOn(open, folder);
  await rig.import();
  await folder.remove("a.safetensors");
  await folder.remove("b.safetensors");
  const status = await rig.import();
  assert.deepEqual(linesOf(status, folder.path).sort(), [
    "missing a.safetensors",
    "missing b.safetensors",
  ]);
  assert.equal(status.report.missing, 2);
  assert.equal((await rig.import()).report.missing, 2);
  const id = (await rig.adapter("a.safetensors")).id;
  await folder.writeModel("a.safetensors");
  await folder.writeModel("b.safetensors");
  const back = await rig.import();
  assert.equal(back.report.missing, 0);
  assert.equal((await rig.adapter("a.safetensors")).id, id);
  assert.equal((await rig.adapter("b.safetensors")).file_status, "present");
});

forEachDatabase("a drive that is absent or empty marks nothing missing", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  for (let n = 0; n < 30; n++) await folder.writeModel(`m${n}.safetensors`, {}, `tensor ${n}`);
  await using rig = await rigOn(open, folder);
  await rig.import();
  await rig.idle();
  const present = async () =>
    (await rig.adapters()).filter((row) => row.file_status === "present").length;

  const plugIn = await folder.unplug();
  const absent = await rig.import();
  assert.deepEqual(linesOf(absent, folder.path), ["failed ."]);
  assert.equal(await present(), 30);
  await Deno.mkdir(folder.path);
  const empty = await rig.import();
  assert.deepEqual(linesOf(empty, folder.path), ["paused ."]);
  assert.equal(await present(), 30);
  await Deno.remove(folder.path);
  await plugIn();
  assert.equal((await rig.import()).report.unchanged, 30);
});

forEachDatabase("a fifth of the files gone at once waits for confirm_missing", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  for (let n = 0; n < 40; n++) await folder.writeModel(`m${n}.safetensors`, {}, `tensor ${n}`);
  await using rig = await rigOn(open, folder);
  await rig.import();
  for (let n = 0; n < 11; n++) await folder.remove(`m${n}.safetensors`);
  const paused = await rig.import();
  assert.deepEqual([paused.report.missing, linesOf(paused, folder.path)], [0, ["paused ."]]);
  assert.match(paused.report.items[0]!.reason!, /11 of 40/);
  const confirmed = await rig.import({ confirm_missing: true });
  assert.equal(confirmed.report.missing, 11);
  assert.equal((await rig.adapters()).length, 40);
});

forEachDatabase(
  "two files of one name and version are both kept and reported",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    const doc = { "sd version": "SD1" };
    for (const dir of ["one", "two"]) {
      await folder.writeModel(`${dir}/same.safetensors`, {}, dir);
      await folder.write(`${dir}/same.json`, doc);
    }
    await using rig = await rigOn(open, folder);
    const status = await rig.import();
    assert.equal(status.report.created, 2);
    assert.equal(status.report.duplicates, 2);
    assert.deepEqual(
      linesOf(status, folder.path).filter((line) => line.startsWith("duplicate")),
      ["duplicate one/same.safetensors", "duplicate two/same.safetensors"],
    );
  },
);

forEachDatabase("ignore globs, settings and .loraignore leave files out", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  for (
    const path of [
      "keep.safetensors",
      "draft_1.safetensors",
      "old/x.safetensors",
      "art/.loraignore",
      "art/wip/y.safetensors",
      "art/wip/keep.safetensors",
      "art/z.safetensors",
      ".hidden/h.safetensors",
    ]
  ) {
    if (path.endsWith(".loraignore")) await folder.write(path, "wip/*\n!wip/keep.safetensors\n");
    else await folder.writeModel(path, {}, path);
  }
  await using rig = await rigOn(open, folder);
  await rig.settings.update({ import_ignore: ["draft_*"] });
  await rig.import({ ignore: ["/old/"] });
  assert.deepEqual((await rig.adapters()).map((row) => row.file_path), [
    "art/wip/keep.safetensors",
    "art/z.safetensors",
    "keep.safetensors",
  ]);
});

forEachDatabase("ignoring a cataloged file later does not mark it missing", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a.safetensors");
  await using rig = await rigOn(open, folder);
  await rig.import();
  assert.equal((await rig.import({ ignore: ["*.safetensors"] })).report.missing, 0);
});

forEachDatabase("links are followed to files inside the root only", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await using outside = await LibraryFolder.make();
  await outside.writeModel("secret.safetensors");
  await folder.writeModel("real/a.safetensors");
  await Deno.symlink(outside.path, `${folder.path}/escape`);
  await Deno.symlink(`${outside.path}/secret.safetensors`, `${folder.path}/stolen.safetensors`);
  await Deno.symlink("real/a.safetensors", `${folder.path}/alias.safetensors`);
  await Deno.symlink(".", `${folder.path}/loop`);
  await using rig = await rigOn(open, folder);
  const status = await rig.import();
  assert.deepEqual((await rig.adapters()).map((row) => row.file_path), [
    "alias.safetensors",
    "real/a.safetensors",
  ]);
  assert.deepEqual(linesOf(status, folder.path).filter((line) => line.startsWith("skipped")), [
    "skipped escape",
    "skipped stolen.safetensors",
  ]);
});

forEachDatabase(
  "the hash of the file decides between versions of its document",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("renamed by hand.safetensors", {}, "tensor of the older version");
    const bytes = await Deno.readFile(`${folder.path}/renamed by hand.safetensors`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    const older = civitaiVersion({
      id: 7,
      name: "v1 the older",
      files: [civitaiFile({ name: "other.safetensors", hashes: { SHA256: digest.toUpperCase() } })],
    });
    const newer = civitaiVersion({
      id: 8,
      name: "v2 the newer",
      files: [civitaiFile({ name: "newer.safetensors", hashes: { SHA256: hash("D") } })],
    });
    await folder.write("renamed by hand.json", civitaiModel({ modelVersions: [newer, older] }));
    await using rig = await rigOn(open, folder);
    await rig.import();
    await rig.idle();
    const row = await rig.adapter("renamed by hand.safetensors");
    assert.equal(row.civitai_version_id, 7);
    assert.equal(row.hashes.sha256, digest);
    assert.equal(row.hash_state, "done");
    assert.equal((await rig.import()).report.unchanged, 1);
  },
);

forEachDatabase("Importer.start() refuses a path outside the roots", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await using rig = await rigOn(open, folder);
  for (const path of ["/", "/etc", `${folder.path}-private`, `${folder.path}/../x`, "relative"]) {
    await assert.rejects(rig.import({ path }), Invalid, path);
  }
});

forEachDatabase("Importer.start() can be limited to one folder", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.writeModel("a/1.safetensors", {}, "one");
  await folder.writeModel("b/2.safetensors", {}, "two");
  await using rig = await rigOn(open, folder);
  await rig.import();
  await folder.remove("a/1.safetensors");
  await folder.remove("b/2.safetensors");
  await folder.writeModel("a/3.safetensors", {}, "three!");
  const { report } = await rig.import({ path: `${folder.path}/a` });
  assert.deepEqual([report.scanned, report.created, report.missing], [1, 1, 1]);
  assert.equal((await rig.adapter("b/2.safetensors")).file_status, "present");
});

forEachDatabase("the same Idempotency-Key starts one import", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await using rig = await rigOn(open, folder);
  const request = { dry_run: false, force_resync: false, ignore: [], confirm_missing: false };
  const key = { key: "abc", scope: "test imports" };
  const [one, two] = await Promise.all([
    rig.importer.start(request, key),
    rig.importer.start(request, key),
  ]);
  assert.equal(one.jobId, two.jobId);
  await assert.rejects(rig.importer.start({ ...request, dry_run: true }, key), /another body/);
  await rig.idle();
});
