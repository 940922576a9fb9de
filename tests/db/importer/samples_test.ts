import assert from "node:assert/strict";
import { join } from "node:path";
import { forEachDatabase } from "../../support/database.ts";
import { ImportRig } from "../../support/import_rig.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

/** Real answers of Civitai, kept beside the project and never in it. */
const SAMPLES = new URL("../../../../shared/samples/", import.meta.url).pathname;
const HAS_SAMPLES = await Deno.stat(SAMPLES).then(() => true, () => false);

interface Sample {
  id: number;
  name: string;
  modelVersions: {
    id: number;
    files: { name: string; type: string; hashes: { SHA256?: string } }[];
  }[];
}

const isModel = (name: string) => /\.(safetensors|pt|ckpt)$/i.test(name);

if (!HAS_SAMPLES) {
  Deno.test({
    name: "real documents [skipped: ../shared/samples is absent]",
    ignore: true,
    fn() {},
  });
} else {
  forEachDatabase(
    "every file of a real document is described as its own version",
    async (_t, open) => {
      await using folder = await LibraryFolder.make();
      const expected = new Map<string, { model: number; versions: Set<number> }>();
      for await (const { name } of Deno.readDir(join(SAMPLES, "civitai-models"))) {
        const text = await Deno.readTextFile(join(SAMPLES, "civitai-models", name));
        const sample: Sample = JSON.parse(text);
        for (const version of sample.modelVersions) {
          for (const file of version.files) {
            if (file.type !== "Model" || !isModel(file.name)) continue;
            const path = `${sample.id}/${file.name}`;
            const stem = file.name.replace(/\.\w+$/, "");
            await folder.write(`${sample.id}/${stem}.json`, text);
            await folder.writeModel(path, {}, path);
            const known = expected.get(path) ?? { model: sample.id, versions: new Set() };
            // Two versions may carry files of one name: then either is right until the file is hashed.
            expected.set(path, { ...known, versions: known.versions.add(version.id) });
          }
        }
      }
      await using rig = await ImportRig.start(open);
      await rig.library.addRoot(folder.path);
      const { report } = await rig.import();
      assert.ok(expected.size >= 30, `${expected.size} files`);
      assert.deepEqual([report.created, report.missing], [expected.size, 0]);
      for (const row of await rig.adapters()) {
        const { model, versions } = expected.get(row.file_path)!;
        assert.equal(row.civitai_model_id, model, row.file_path);
        assert.ok(versions.has(row.civitai_version_id!), row.file_path);
        assert.doesNotMatch(row.description ?? "", /<(script|iframe)|javascript:|onerror/i);
      }
      await rig.idle();
      assert.equal((await rig.import()).report.unchanged, expected.size);
    },
  );

  forEachDatabase(
    "malformed model files are recorded as unreadable and stop nothing",
    async (_t, open) => {
      await using folder = await LibraryFolder.make();
      const names: string[] = [];
      for await (const { name } of Deno.readDir(join(SAMPLES, "safetensors-malformed"))) {
        if (!name.endsWith(".safetensors")) continue;
        names.push(name);
        await folder.write(name, await Deno.readFile(join(SAMPLES, "safetensors-malformed", name)));
      }
      await using rig = await ImportRig.start(open);
      await rig.library.addRoot(folder.path);
      const { report } = await rig.import();
      assert.equal(report.created, names.length);
      assert.equal(report.failed, names.length);
    },
  );
}
