import assert from "node:assert/strict";
import {
  civitaiFile,
  civitaiInfo,
  civitaiModel,
  civitaiVersion,
  describe,
  hash,
  header,
} from "./fixtures.ts";

Deno.test("Civitai model: every mapped field reaches its column", () => {
  const facts = describe({ "neon_rain_v2.json": civitaiModel() });
  assert.equal(facts.name, "Neon Rain");
  assert.equal(facts.version, "v2.0");
  assert.equal(facts.description, "<p>Rainy neon <strong>streets</strong> at night.</p>");
  assert.equal(facts.search_words, "rainy neon streets at night");
  assert.equal(facts.author_username, "ada");
  assert.equal(facts.published_at, "2024-02-03T10:00:00.000Z");
  assert.deepEqual(facts.tags, ["style", "neon"]);
  assert.deepEqual(facts.trained_words, ["neon rain"]);
  assert.equal(facts.primary_file_size_kb, 1025);
  assert.equal(facts.primary_file_sha256, hash("a"));
  assert.equal(facts.supports_generation, true);
  assert.equal(facts.nsfw_level, 1, "the version's level, not the model's");
  assert.equal(facts.base_model, "SDXL 1.0");
  assert.equal(facts.sd_version, "SDXL");
  assert.deepEqual(facts.stats, { downloadCount: 90, favoriteCount: 9, rating: 4.5 });
  assert.equal(facts.civitai_model_id, 33);
  assert.equal(facts.civitai_version_id, 22);
  assert.deepEqual(facts.hashes, {
    sha256: hash("a"),
    autov1: "1a2b3c4d",
    autov2: hash("a", 10),
    autov3: hash("b", 12),
    crc32: "cafebabe",
    blake3: hash("c"),
  });
  assert.equal(facts.version_choice, "file_name");
  assert.deepEqual(facts.sources, ["civitai_model"]);
});

Deno.test("Civitai model: unmapped fields stay in extra, pictures and other versions trimmed", () => {
  const other = civitaiVersion({
    id: 21,
    name: "v1.0",
    files: [civitaiFile({ id: 9, hashes: {} })],
  });
  const doc = civitaiModel({ mode: "Archived", modelVersions: [civitaiVersion(), other] });
  const extra = describe({ "neon_rain_v2.json": doc }).extra.civitai_model as Record<
    string,
    unknown
  >;
  assert.equal(extra.mode, "Archived");
  assert.equal(extra.type, "LORA");
  assert.equal("description" in extra, false);
  assert.deepEqual(extra.otherVersions, [{
    id: 21,
    name: "v1.0",
    baseModel: "SDXL 1.0",
    files: [{ name: "neon_rain_v2.safetensors", hashes: {} }],
  }]);
  const version = extra.version as { air: string; images: { meta: unknown }[] };
  assert.equal(version.air, "urn:air:sdxl:lora:civitai:33@22");
  assert.deepEqual(version.images[0]!.meta, {
    prompt: "neon rain, street",
    seed: 5,
  });
  assert.ok(JSON.stringify(extra).length < 3000);
});

Deno.test("Civitai model: licences of all times become a list", () => {
  for (const uses of ["{Image,Sell}", ["Image", "Sell"], "Image,Sell"]) {
    const { extra } = describe({ "neon_rain_v2.json": civitaiModel({ allowCommercialUse: uses }) });
    assert.deepEqual(
      (extra.civitai_model as { allowCommercialUse: string[] }).allowCommercialUse,
      ["Image", "Sell"],
    );
  }
});

Deno.test("Civitai model: content levels as number, as word, as flag", () => {
  const level = (model: Record<string, unknown>, version: Record<string, unknown>) =>
    describe({
      "neon_rain_v2.json": civitaiModel({
        nsfwLevel: undefined,
        modelVersions: [civitaiVersion({ nsfwLevel: undefined, ...version })],
        ...model,
      }),
    }).nsfw_level;
  assert.equal(level({}, {}), 0);
  assert.equal(level({ nsfw: true }, {}), 8);
  assert.equal(level({ nsfw: true, nsfwLevel: 31 }, {}), 31);
  assert.equal(level({ nsfwLevel: 31 }, { nsfwLevel: 4 }), 4);
  assert.equal(level({ nsfwLevel: "Mature" }, {}), 4);
  assert.equal(level({ nsfwLevel: 0 }, { nsfwLevel: 0 }), 0);
});

Deno.test("Civitai model with A1111's keys: both are read, the description stays Civitai's", () => {
  const facts = describe({
    "neon_rain_v2.json": civitaiModel({
      "activation text": "neon rain, wet street",
      "preferred weight": 0.7,
      "sd version": "SDXL",
      "negative text": "day",
      notes: "for nights",
    }),
  });
  assert.equal(facts.activation_text, "neon rain, wet street");
  assert.deepEqual(facts.triggers, ["neon rain", "wet street"]);
  assert.equal(facts.weight, 0.7);
  assert.equal(facts.negative_text, "day");
  assert.equal(facts.notes, "for nights");
  assert.match(facts.description!, /streets/);
  assert.deepEqual(facts.sources, ["civitai_model", "a1111_user"]);
});

Deno.test("Civitai model without versions still names the adapter", () => {
  const facts = describe({ "neon_rain_v2.json": civitaiModel({ modelVersions: [] }) });
  assert.equal(facts.name, "Neon Rain");
  assert.equal(facts.version, "");
  assert.equal(facts.version_choice, "none");
});

Deno.test("Civitai model: a size or a date out of range is nothing", () => {
  const version = civitaiVersion({ publishedAt: "soon", createdAt: "0001-01-01", files: [] });
  const facts = describe({ "neon_rain_v2.json": civitaiModel({ modelVersions: [version] }) });
  assert.equal(facts.published_at, null);
  assert.equal(facts.primary_file_name, null);
});

Deno.test("Civitai version document: its model's name and its own facts", () => {
  const facts = describe({ "neon_rain_v2.civitai.info": civitaiInfo() });
  assert.equal(facts.name, "Neon Rain");
  assert.equal(facts.description, "<p>Trained again from scratch.</p>");
  assert.equal(facts.version_choice, "hash", "tools find it by the file's hash");
  assert.deepEqual(facts.extra.civitai_version !== undefined, true);
});

Deno.test("Civitai version document: empty and skeleton ones say that Civitai knew nothing", () => {
  for (const doc of [{}, { id: 1, modelId: 2, skeleton_file: true, name: "x", files: [] }]) {
    const facts = describe({ "neon_rain_v2.civitai.info": doc });
    assert.equal(facts.name, "neon_rain_v2");
    assert.equal(facts.name_source, "file_name");
    assert.deepEqual(facts.extra, { civitai_version: { found: false } });
    assert.deepEqual(facts.problems, []);
  }
});

Deno.test("a version found by hash corrects a model document that could only guess", () => {
  const model = civitaiModel({
    modelVersions: [
      civitaiVersion({ id: 99, name: "v9", files: [civitaiFile({ name: "a.safetensors" })] }),
      civitaiVersion({ files: [civitaiFile({ name: "b.safetensors" })] }),
    ],
  });
  const facts = describe({ "mine.json": model, "mine.civitai.info": civitaiInfo() }, {
    stem: "mine",
  });
  assert.equal(facts.version, "v2.0");
  assert.equal(facts.civitai_version_id, 22);
  assert.equal(facts.version_choice, "hash");
});

Deno.test("A1111 user metadata: 0 and Unknown mean not set, plain text becomes HTML", () => {
  const facts = describe({
    "neon_rain_v2.json": {
      description: "One <lora:x:1>\n\nTwo",
      "sd version": "Unknown",
      "activation text": "neon",
      "preferred weight": 0,
      notes: "",
      sha256: hash("D"),
      modelId: 33,
      category: "styles",
    },
  });
  assert.equal(facts.description, "<p>One &lt;lora:x:1&gt;</p><p>Two</p>");
  assert.equal(facts.weight, null);
  assert.equal(facts.sd_version, null);
  assert.equal(facts.notes, null);
  assert.equal(facts.civitai_model_id, 33);
  assert.equal(facts.hashes.sha256, hash("d"));
  assert.deepEqual(facts.extra.a1111_user, { category: "styles" });
  const flux = describe({
    "neon_rain_v2.json": { "sd version": "Flux", "preferred weight": "0.65" },
  });
  assert.equal(flux.sd_version, "Flux");
  assert.equal(flux.base_model, "Flux.1 D");
  assert.equal(flux.weight, 0.65);
});

Deno.test("ComfyUI-Lora-Manager: its user's changes win, tips are JSON in a string", () => {
  const facts = describe({
    "neon_rain_v2.json": civitaiModel(),
    "neon_rain_v2.metadata.json": {
      file_name: "neon_rain_v2",
      model_name: "My Neon",
      file_path: "/home/ada/loras/neon_rain_v2.safetensors",
      sha256: hash("a"),
      base_model: "Illustrious",
      notes: "good one",
      from_civitai: true,
      civitai: civitaiInfo({ trainedWords: ["neon rain", "my word"] }),
      tags: ["Neon", "mine"],
      modelDescription: "<p>Copy</p>",
      favorite: true,
      usage_tips: '{"strength": 0.8, "strength_range": "0.6-0.9", "clip_skip": 2}',
    },
  });
  assert.equal(facts.name, "My Neon");
  assert.equal(facts.base_model, "Illustrious");
  assert.deepEqual(facts.trained_words, ["neon rain", "my word"]);
  assert.deepEqual(facts.tags, ["Neon", "mine", "style"]);
  assert.equal(facts.weight, 0.8);
  assert.deepEqual(facts.weight_range, { min: 0.6, max: 0.9 });
  assert.deepEqual(facts.extra.weight_range, { min: 0.6, max: 0.9 });
  assert.equal(facts.is_favorite, true);
  assert.equal(facts.notes, "good one");
  assert.equal(facts.version_choice, "hash");
  assert.match(facts.description!, /streets/);
  assert.ok(!JSON.stringify(facts).includes("/home/ada"), "paths of the writer's machine stay out");
});

Deno.test("ComfyUI-Lora-Manager without Civitai: a title that is the file name is none", () => {
  const facts = describe({
    "neon_rain_v2.metadata.json": {
      file_name: "neon_rain_v2",
      model_name: "neon_rain_v2",
      from_civitai: false,
      base_model: "Unknown",
      sha256: hash("a"),
      usage_tips: "{}",
      favorite: false,
    },
  });
  assert.equal(facts.name_source, "file_name");
  assert.equal(facts.base_model, null);
  assert.equal(facts.is_favorite, null);
  assert.equal(facts.hashes.sha256, hash("a"));
});

Deno.test("StabilityMatrix: keys in PascalCase, enums as numbers", () => {
  const facts = describe({
    "neon_rain_v2.cm-info.json": {
      ModelId: 33,
      ModelName: "Neon Rain",
      ModelDescription: "<p>Rain</p>",
      Nsfw: true,
      Tags: ["style"],
      ModelType: 3,
      VersionId: 22,
      VersionName: "v2.0",
      AuthorUsername: "ada",
      BaseModel: "Pony",
      RemoteFileName: "neon.safetensors",
      Hashes: { SHA256: hash("A"), CRC32: "CAFEBABE", BLAKE3: null },
      TrainedWords: ["rain"],
      Stats: { DownloadCount: 4 },
      UserTitle: "Mine",
      InferenceDefaults: { Steps: 20 },
    },
  });
  assert.equal(facts.name, "Mine");
  assert.equal(facts.nsfw_level, 8);
  assert.equal(facts.base_model, "Pony");
  assert.equal(facts.sd_version, "SDXL");
  assert.equal(facts.primary_file_name, "neon.safetensors");
  assert.deepEqual(facts.hashes, { sha256: hash("a"), autov2: hash("a", 10), crc32: "cafebabe" });
  assert.deepEqual(facts.extra.stability_matrix, {
    ModelType: 3,
    InferenceDefaults: { Steps: 20 },
  });
  assert.equal(facts.version_choice, "hash");
});

Deno.test("rgthree: words of Civitai and the user, not its count of training tags", () => {
  const facts = describe({
    "neon_rain_v2.safetensors.rgthree-info.json": {
      file: "neon_rain_v2.safetensors",
      path: "/home/ada/neon_rain_v2.safetensors",
      name: "Neon",
      baseModel: "SDXL 1.0",
      sha256: hash("A"),
      trainedWords: [
        { word: "rain", count: 5, metadata: true, civitai: true },
        { word: "1girl", count: 99, metadata: true },
        { word: "mine", user: true },
      ],
      raw: { metadata: { ss_network_dim: "4" }, civitai: civitaiInfo({ trainedWords: ["rain"] }) },
      userNote: "soft",
      strengthMin: 0.5,
      strengthMax: 1,
    },
  });
  assert.deepEqual(facts.trained_words, ["rain", "mine"]);
  assert.equal(facts.name, "Neon Rain");
  assert.equal(facts.notes, "soft");
  assert.deepEqual(facts.weight_range, { min: 0.5, max: 1 });
  assert.equal(facts.civitai_version_id, 22);
  assert.ok(!JSON.stringify(facts).includes("/home/ada"));
});

Deno.test("SwarmUI: modelspec keys in a file", () => {
  const facts = describe({
    "neon_rain_v2.swarm.json": {
      "modelspec.title": "Neon",
      "modelspec.author": "ada",
      "modelspec.description": "Rain <script>alert(1)</script><b>now</b>",
      "modelspec.trigger_phrase": "neon, rain",
      "modelspec.usage_hint": "at night",
      "modelspec.tags": "style, neon",
      "modelspec.architecture": "stable-diffusion-xl-v1-base/lora",
      "modelspec.thumbnail": "data:image/png;base64,AAAA",
      "modelspec.license": "MIT",
    },
  });
  assert.equal(facts.name, "Neon");
  assert.equal(facts.description, "Rain <b>now</b>");
  assert.deepEqual(facts.trained_words, ["neon, rain"]);
  assert.equal(facts.notes, "at night");
  assert.deepEqual(facts.tags, ["style", "neon"]);
  assert.equal(facts.base_model, "SDXL 1.0");
  assert.deepEqual(facts.extra.swarm, { usage_hint: "at night", license: "MIT" });
});

Deno.test("text files hold a description, as text or as HTML; others are problems", () => {
  assert.equal(describe({ "neon_rain_v2.txt": "a < b" }).description, "a &lt; b");
  assert.equal(describe({ "neon_rain_v2.description.txt": "<p>a</p>" }).description, "<p>a</p>");
  const facts = describe({ "neon_rain_v2.txt": new Uint8Array([1, 2, 3, 0x50]) });
  assert.deepEqual(facts.problems, [{ file: "neon_rain_v2.txt", reason: "file is not text" }]);
});

Deno.test("header: an orphan is named, dated and tagged by what its trainer wrote", () => {
  const metadata = {
    "modelspec.title": "Neon Rain",
    "modelspec.author": "ada",
    "modelspec.hash_sha256": `0x${hash("e")}`,
    "modelspec.tags": "None",
    "modelspec.usage_hint": "at night",
    ss_output_name: "last",
    ss_base_model_version: "sdxl_base_v1-0",
    ss_sd_model_name: "C:\\Users\\ada\\models\\ponyDiffusionV6XL.safetensors",
    ss_network_dim: "16",
    ss_network_alpha: "8.0",
    ss_network_module: "networks.lora",
    ss_network_args: { conv_dim: "4", preset: "/home/ada/preset.toml" },
    ss_optimizer: "bitsandbytes.optim.AdamW8bit(weight_decay=0.1)",
    ss_resolution: "(1024, 768)",
    ss_training_comment: "None",
    ss_dataset_dirs: { "/home/ada/sets/10_neon rain": { n_repeats: 10, img_count: 20 } },
    ss_tag_frequency: { "10_neon rain": { "neon rain": 20, city: 3 }, "2_reg": { city: 4 } },
  };
  const facts = describe({}, { model: { header: header(metadata) } });
  assert.equal(facts.name, "Neon Rain");
  assert.equal(facts.name_source, "header");
  assert.equal(facts.author_username, "ada");
  assert.deepEqual(facts.tags, []);
  assert.equal(facts.base_model, "Pony", "trained on Pony, which is an SDXL model");
  assert.equal(facts.hashes.autov3, hash("e", 12));
  assert.deepEqual(facts.extra.header, { usage_hint: "at night" });
  const { tags, trigger_suggestions, datasets, ...training } = facts.training;
  assert.deepEqual(tags, [{ tag: "neon rain", count: 20 }, { tag: "city", count: 7 }]);
  assert.deepEqual(trigger_suggestions, ["neon rain"]);
  assert.deepEqual(datasets, [{ name: "10_neon rain", images: 20, repeats: 10 }]);
  assert.equal(training.rank, 16);
  assert.equal(training.alpha, 8);
  assert.equal(training.optimizer, "AdamW8bit");
  assert.equal(training.resolution, "1024x768");
  assert.deepEqual(training.network_args, { conv_dim: "4" });
  assert.equal(training.sd_model_name, "ponyDiffusionV6XL.safetensors");
  const stored = JSON.stringify(facts);
  assert.ok(!stored.includes("/home/ada") && !stored.includes("Users"), "no path of the trainer");
});

Deno.test("header: flat tag counts, the hash of nothing and a default title are understood", () => {
  const { training, hashes, name } = describe({}, {
    model: {
      header: header({
        ss_tag_frequency: { cat: 2, dog: 5 },
        sshs_model_hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "modelspec.title": "LoRA@1700000000",
      }),
    },
  });
  assert.deepEqual(training.tags, [{ tag: "dog", count: 5 }, { tag: "cat", count: 2 }]);
  assert.deepEqual(hashes, {});
  assert.equal(name, "neon_rain_v2");
});

Deno.test("header: without any metadata the tensors tell base model and rank", () => {
  const facts = describe({}, { model: { header: header({}) } });
  assert.equal(facts.training.rank, 16);
  assert.equal(facts.training.network_type, "lora");
});
