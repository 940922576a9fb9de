import assert from "node:assert/strict";
import { chooseVersion, type FileEvidence } from "@/lib/importer/choose_version.ts";
import { civitaiFile, civitaiVersion, hash } from "./fixtures.ts";

type Json = Record<string, unknown>;

function evidence(
  fields: Partial<FileEvidence> & { sha256?: string; crc32?: string } = {},
): FileEvidence {
  const { sha256, crc32, ...rest } = fields;
  const one = (value?: string) => new Set(value ? [value] : []);
  const stem = fields.stem ?? "unrelated";
  return {
    fileName: `${stem}.safetensors`,
    stem,
    sizeBytes: null,
    hashes: {
      sha256: one(sha256),
      autov3: one(),
      autov2: one(),
      crc32: one(crc32),
      blake3: one(),
      autov1: one(),
    },
    versionIds: new Set(),
    ...rest,
  };
}

/** Three versions with one file each, and hashes of their own. */
function versions(): Json[] {
  return ["c", "b", "a"].map((digit, index) =>
    civitaiVersion({
      id: 30 - index,
      name: `v${3 - index}`,
      files: [civitaiFile({
        name: `Neon Rain v${3 - index}.0.safetensors`,
        sizeKB: 1000 + index,
        hashes: { SHA256: hash(digit.toUpperCase()), CRC32: `${digit.repeat(8)}` },
      })],
    })
  );
}

const choose = (given: Parameters<typeof evidence>[0], list = versions()) => {
  const chosen = chooseVersion(list, "Neon Rain", evidence(given));
  return chosen && { name: chosen.version.name, choice: chosen.choice, same: chosen.isSameFile };
};

Deno.test("chooseVersion() goes by hash before anything else, in any case of letters", () => {
  assert.deepEqual(choose({ sha256: hash("a"), stem: "Neon Rain v3.0" }), {
    name: "v1",
    choice: "hash",
    same: true,
  });
  assert.deepEqual(choose({ crc32: "bbbbbbbb" })?.name, "v2");
});

Deno.test("chooseVersion() ignores the hash of nothing", () => {
  const nothing = "e3b0c442" + hash("9", 56);
  const list = versions();
  list[2]!.files = [civitaiFile({ name: "x.safetensors", hashes: { SHA256: nothing } })];
  assert.equal(choose({ sha256: nothing }, list)?.choice, "first");
});

Deno.test("chooseVersion() goes by file name: exact, then as Civitai, SD.Next and browsers rename it", () => {
  for (
    const stem of [
      "Neon Rain v2.0",
      "neon rain V2.0",
      "Neon_Rain_v2_0",
      "NeonRain-v2.0",
      "Neon Rain v2.0 (1)",
      "neonRain_v2",
    ]
  ) assert.deepEqual(choose({ stem }), { name: "v2", choice: "file_name", same: true }, stem);
});

Deno.test("chooseVersion() prefers the version that a tool looked up by hash to a name", () => {
  const chosen = choose({ stem: "Neon Rain v3.0", versionIds: new Set([28]) });
  assert.deepEqual(chosen, { name: "v1", choice: "hash", same: true });
  assert.equal(
    choose({ versionIds: new Set([28]), sha256: hash("9") })?.choice,
    "first",
    "unless the file has been replaced since",
  );
});

Deno.test("chooseVersion() claims a file's hashes only if name and size agree", () => {
  const stem = "Neon Rain v2.0";
  assert.equal(choose({ stem, sizeBytes: 1001 * 1024 })?.same, true);
  assert.equal(choose({ stem, sizeBytes: 999 })?.same, false);
  assert.equal(choose({ stem, sizeBytes: 1001 * 1024, sha256: hash("9") })?.same, false);
});

Deno.test("chooseVersion() falls back to the only version of the same size, then to the first", () => {
  assert.deepEqual(choose({ sizeBytes: 1002 * 1024 }), {
    name: "v1",
    choice: "first",
    same: false,
  });
  assert.deepEqual(choose({}), { name: "v3", choice: "first", same: false });
});

Deno.test("chooseVersion() passes over versions without model files while there are others", () => {
  const list = versions();
  list[0]!.files = [];
  list[1]!.files = [civitaiFile({ type: "Training Data", name: "set.zip", primary: true })];
  assert.equal(choose({}, list)?.name, "v1");
  assert.equal(choose({}, [list[0]!])?.choice, "first");
  assert.equal(chooseVersion([], null, evidence()), null);
});

Deno.test("chooseVersion() takes the file that people download", () => {
  const list = [civitaiVersion({
    files: [
      civitaiFile({ name: "train.zip", type: "Training Data", primary: undefined, hashes: {} }),
      civitaiFile({ name: "old.pt", metadata: { format: "PickleTensor" }, primary: undefined }),
      civitaiFile({ name: "pruned.safetensors", type: "Pruned Model", primary: undefined }),
      civitaiFile({ name: "main.safetensors", primary: undefined }),
      civitaiFile({ name: "vae.safetensors", type: "VAE", primary: true }),
    ],
  })];
  assert.equal(chooseVersion(list, "x", evidence())?.file?.name, "main.safetensors");
  assert.equal(
    chooseVersion(list, "x", evidence({ stem: "pruned" }))?.file?.name,
    "pruned.safetensors",
  );
});
