import assert from "node:assert/strict";
import fc from "fast-check";
import { describeAdapter } from "@/lib/importer/describe.ts";
import { decodeSidecar } from "@/lib/importer/formats/decode.ts";
import { embeddedCover } from "@/lib/importer/formats/cover.ts";
import { previewRank, sidecarStem } from "@/lib/importer/formats/file_names.ts";
import { parseSafetensorsHeader } from "@/lib/importer/header.ts";
import { mergeIntoExisting } from "@/lib/importer/merge.ts";
import { civitaiInfo, civitaiModel, describe, header, safetensorsJson } from "./fixtures.ts";

/** Everything a row can hold: no NUL, no lone surrogate, and it survives a Worker and JSON. */
function assertStorable(value: unknown): void {
  const json = JSON.stringify(value, (key, item) => {
    for (const text of [key, item]) {
      if (typeof text !== "string") continue;
      assert.ok(text.isWellFormed() && !text.includes("\0"), "text that Postgres refuses");
    }
    return item;
  });
  assert.deepEqual(JSON.parse(JSON.stringify(structuredClone(value))), JSON.parse(json));
}

/** Keys that the readers look for, with values they do not expect. */
const KEYS = [
  ..."id name description tags creator username modelVersions files images hashes SHA256".split(
    " ",
  ),
  ..."trainedWords baseModel publishedAt createdAt stats nsfw nsfwLevel sizeKB primary".split(" "),
  ..."model modelId civitai usage_tips file_name model_name sha256 from_civitai raw".split(" "),
  ..."ModelId ModelName Hashes VersionId Tags Stats userNote strengthMin metadata".split(" "),
  ..."modelspec.title modelspec.tags modelspec.thumbnail __proto__ constructor".split(" "),
  ...["sd version", "activation text", "preferred weight", "notes", "allowCommercialUse"],
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1e308,
      8,
      "",
      "x",
      "a, b",
      "<p>x</p>",
      "\0",
      "\ud83d",
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 4 }),
    tie("record"),
  ),
  record: fc.dictionary(
    fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 6 })),
    tie("value"),
    { maxKeys: 8 },
  ),
}));

const FILES = [
  ..."a.json a.civitai.info a.metadata.json a.cm-info.json a.swarm.json a.txt".split(" "),
  ..."a.safetensors.rgthree-info.json a.api_info.json a.description.txt".split(" "),
];

Deno.test("describeAdapter() never throws, whatever JSON lies beside a model", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FILES), anything.record, anything.record, (file, doc, other) => {
      const facts = describe({ [file]: doc, "a.json": other }, { stem: "a" });
      assert.ok(facts.name.length > 0);
      assertStorable(facts);
      assert.deepEqual(mergeIntoExisting(mergeIntoExisting(null, facts, []), facts, []), {});
    }),
    { numRuns: 2000 },
  );
});

Deno.test("describeAdapter() never throws on real shapes with anything put into them", () => {
  const spoiled = (make: (fields: Record<string, unknown>) => Record<string, unknown>) =>
    fc.property(fc.constantFrom(...KEYS), anything.value, anything.value, (key, value, inner) => {
      const doc = make({ [key]: value });
      const version = (doc.modelVersions as Record<string, unknown>[] | undefined)?.[0];
      if (typeof version === "object" && version !== null) version[key] = inner;
      assertStorable(describe({ "neon_rain_v2.json": doc }));
    });
  fc.assert(spoiled(civitaiModel), { numRuns: 1000 });
  fc.assert(spoiled(civitaiInfo), { numRuns: 1000 });
});

Deno.test("describeAdapter() never throws on bytes that are no document", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.uint8Array({ maxLength: 300 }), (file, bytes) => {
      const facts = describe({ [file]: bytes }, { stem: "a" });
      assertStorable(facts);
      decodeSidecar(bytes);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("describeAdapter() never throws on any metadata a header may hold", () => {
  const key = fc.constantFrom(
    ..."ss_tag_frequency ss_dataset_dirs ss_network_args ss_optimizer ss_resolution".split(" "),
    ..."ss_training_started_at ss_network_dim software ssmd_cover_images sshs_model_hash".split(
      " ",
    ),
    ..."modelspec.title modelspec.description modelspec.tags modelspec.thumbnail".split(" "),
    ..."modelspec.architecture ss_sd_model_name ss_base_model_version".split(" "),
  );
  const value = fc.oneof(
    fc.string({ unit: "binary" }),
    anything.value.map((it) => JSON.stringify(it) ?? ""),
  );
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 8 }), (metadata) => {
      const model = {
        fileName: "a.safetensors",
        sizeBytes: 9,
        header: header(metadata),
        hashes: {},
      };
      assertStorable(describeAdapter({ model, stem: "a", sidecars: [] }));
      embeddedCover(metadata);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("describeAdapter() bounds what a deep or huge document can cost", () => {
  const deep = '{"modelVersions":[],"x":' + "[".repeat(20_000) + "]".repeat(20_000) + "}";
  assertStorable(describe({ "neon_rain_v2.json": deep }));
  const wide = civitaiModel({ filler: Array.from({ length: 1000 }, () => "x".repeat(5000)) });
  const facts = describe({ "neon_rain_v2.json": wide });
  assert.ok(JSON.stringify(facts.extra).length < 100_000);
  assert.equal(facts.name, "Neon Rain");
});

/** A small generator with a seed, because 100,000 runs need speed more than shrinking. */
function* mulberry(seed: number): Generator<number> {
  for (;;) {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    yield ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}

const MUTATED_HEADERS = 100_000;

Deno.test(`parseSafetensorsHeader() refuses or reads ${MUTATED_HEADERS} damaged headers, and fails on none`, () => {
  const original = safetensorsJson({
    ss_network_dim: "16",
    ss_tag_frequency: '{"10_x": {"cat": 3}}',
    "modelspec.title": "T",
  });
  const random = mulberry(20240811);
  const next = (below: number) => Math.floor(random.next().value! * below);
  let refused = 0;
  for (let run = 0; run < MUTATED_HEADERS; run++) {
    const bytes = original.slice(0, next(8) === 0 ? next(original.length) : original.length);
    for (let change = next(4); change >= 0 && bytes.length > 0; change--) {
      const at = next(bytes.length);
      if (next(3) === 0) bytes.copyWithin(at, next(bytes.length), next(bytes.length));
      else bytes[at] = next(4) === 0 ? next(256) : 0x20 + next(96);
    }
    try {
      parseSafetensorsHeader(bytes, 1e6);
    } catch (error) {
      assert.ok(error instanceof SyntaxError, String(error));
      assert.match(error.message, /^Cannot read safetensors header: /);
      refused++;
    }
  }
  assert.ok(refused > MUTATED_HEADERS / 4 && refused < MUTATED_HEADERS);
});

Deno.test("sidecarStem() and previewRank() take any name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, stem) => {
      sidecarStem(name);
      previewRank(name, stem);
      assert.equal(previewRank(`${stem}.png`, stem), 0);
    }),
  );
});
