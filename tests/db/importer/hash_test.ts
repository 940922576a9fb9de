import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { forEachDatabase } from "../../support/database.ts";
import { ImportRig } from "../../support/import_rig.ts";
import { LibraryFolder, safetensors } from "../../support/library_folder.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A safetensors file larger than AutoV1's window. */
function largeModel(): Uint8Array {
  const tensor = Array.from({ length: 1_400_000 }, (_, n) => String.fromCharCode(97 + n % 23)).join(
    "",
  );
  return safetensors({ ss_output_name: "large" }, tensor);
}

async function rigOn(open: Parameters<typeof ImportRig.start>[0], folder: LibraryFolder) {
  const rig = await ImportRig.start(open);
  await rig.library.addRoot(folder.path);
  await rig.import();
  await rig.idle();
  return rig;
}

forEachDatabase("the hash sweep finds SHA-256 and the three AutoV hashes", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  const large = largeModel();
  const pickle = new Uint8Array([0x80, 2, 0x7d, 0x71, 0, 0x2e]);
  await folder.write("large.safetensors", large);
  await folder.write("old.pt", pickle);
  await using rig = await rigOn(open, folder);
  const headerBytes = 8 + Number(new DataView(large.buffer).getBigUint64(0, true));
  assert.deepEqual((await rig.adapter("large.safetensors")).hashes, {
    sha256: sha256(large),
    autov1: sha256(large.subarray(0x100000, 0x110000)).slice(0, 8),
    autov2: sha256(large).slice(0, 10),
    autov3: sha256(large.subarray(headerBytes)).slice(0, 12),
  });
  assert.deepEqual((await rig.adapter("old.pt")).hashes, {
    sha256: sha256(pickle),
    autov1: "e3b0c442",
    autov2: sha256(pickle).slice(0, 10),
  });
});

forEachDatabase(
  "a replaced file loses the hashes of the old one and gets its own",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("a.safetensors", {}, "first");
    await using rig = await rigOn(open, folder);
    const before = (await rig.adapter("a.safetensors")).hashes.sha256;
    await folder.writeModel("a.safetensors", {}, "something else");
    await rig.import();
    await rig.idle();
    const { hashes, hash_state } = await rig.adapter("a.safetensors");
    assert.equal(hash_state, "done");
    assert.equal(hashes.sha256, sha256(await Deno.readFile(`${folder.path}/a.safetensors`)));
    assert.notEqual(hashes.sha256, before);
  },
);

forEachDatabase("the sweep reports bytes and never names a file", async (_t, open) => {
  await using folder = await LibraryFolder.make();
  await folder.write("large.safetensors", largeModel());
  await using rig = await rigOn(open, folder);
  const job = (await rig.jobs.list({ kind: "hash", limit: 1 }))[0]!;
  assert.equal(job.result!.hashed, 1);
  const events = await rig.db.selectFrom("job_event").select("data").where("job_id", "=", job.id)
    .where("type", "=", "progress").execute();
  assert.ok(events.length > 0);
  const told = JSON.stringify(events);
  assert.match(told, /total_bytes/);
  assert.doesNotMatch(told, /large/);
});

forEachDatabase(
  "Importer.runVerify() tells present, changed, missing and unreadable apart",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("a.safetensors", {}, "as it was");
    await using rig = await rigOn(open, folder);
    const { id, hashes } = await rig.adapter("a.safetensors");
    const verify = async () => {
      const result = await rig.verify(id);
      const { file_status } = await rig.adapter("a.safetensors");
      assert.equal(result.file_status, file_status);
      return file_status;
    };
    assert.equal(await verify(), "present");
    await folder.writeModel("a.safetensors", {}, "as it is!");
    assert.equal(await verify(), "changed");
    assert.equal((await rig.adapter("a.safetensors")).hashes.sha256, hashes.sha256);
    await folder.remove("a.safetensors");
    assert.equal(await verify(), "missing");
    await Deno.mkdir(`${folder.path}/a.safetensors`);
    assert.equal(await verify(), "unreadable");
    await folder.remove("a.safetensors");
    await folder.writeModel("a.safetensors", {}, "as it was");
    assert.equal(await verify(), "present");
  },
);

forEachDatabase(
  "a file that is no model stays unreadable, hashed or verified",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.write("page.safetensors", "<!doctype html><title>Sign in</title>");
    await using rig = await rigOn(open, folder);
    const { id, file_status, hash_state } = await rig.adapter("page.safetensors");
    assert.deepEqual([file_status, hash_state], ["unreadable", "done"]);
    const result = await rig.verify(id);
    assert.equal(result.file_status, "unreadable");
    assert.match(String(result.reason), /Cannot read safetensors header/);
    assert.equal((await rig.adapter("page.safetensors")).file_status, "unreadable");
  },
);
