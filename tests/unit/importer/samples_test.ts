import assert from "node:assert/strict";
import { describeAdapter } from "@/lib/importer/describe.ts";
import type { AdapterFacts } from "@/lib/importer/facts.ts";
import { readSafetensorsHeader } from "@/lib/importer/header.ts";
import { header } from "./fixtures.ts";

const SAMPLES = new URL("../../../../shared/samples/", import.meta.url);

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isDirectory;
  } catch {
    return false;
  }
}

const ignore = !exists(SAMPLES);
const suffix = ignore ? " (skipped: ../shared/samples is absent)" : "";

const read = (path: string) => Deno.readFileSync(new URL(path, SAMPLES));
const json = (path: string) => JSON.parse(new TextDecoder().decode(read(path)));

interface RealFile {
  name: string;
  type: string;
  sizeKB: number;
  primary?: boolean;
  hashes: { SHA256: string };
}
interface RealModel {
  name: string;
  modelVersions: { id: number; name: string; files: RealFile[] }[];
}

/** The facts of one real file, with as much evidence as a caller gives. */
function factsOf(
  modelId: number,
  fileName: string,
  known: { sizeKB?: number; sha256?: string } = {},
): AdapterFacts {
  const stem = fileName.replace(/\.\w+$/, "");
  return describeAdapter({
    model: {
      fileName,
      sizeBytes: Math.round((known.sizeKB ?? 1) * 1024),
      header: null,
      hashes: known.sha256 ? { sha256: known.sha256 } : {},
    },
    stem,
    sidecars: [{ fileName: `${stem}.json`, bytes: read(`civitai-models/${modelId}.json`) }],
  });
}

function realTest(name: string, run: () => void | Promise<void>): void {
  Deno.test({ name: `real documents: ${name}${suffix}`, ignore, fn: run });
}

realTest("every model file finds its own version by hash, and by name and size", () => {
  let files = 0;
  for (const { name: entry } of Deno.readDirSync(new URL("civitai-models/", SAMPLES))) {
    const modelId = parseInt(entry);
    const model: RealModel = json(`civitai-models/${entry}`);
    for (const version of model.modelVersions) {
      for (const file of version.files.filter(({ type }) => type === "Model")) {
        const sha256 = file.hashes.SHA256.toLowerCase();
        const hashed = factsOf(modelId, "renamed by me.safetensors", { sha256 });
        assert.equal(hashed.version_choice, "hash");
        assert.equal(hashed.civitai_version_id, version.id);
        assert.equal(hashed.primary_file_sha256, sha256);
        const named = factsOf(modelId, file.name, file);
        assert.equal(named.version_choice, "file_name");
        assert.equal(named.civitai_version_id, version.id);
        assert.equal(named.primary_file_name, file.name);
        assert.equal(named.hashes.sha256, sha256);
        assert.equal(named.name, model.name.trim());
        assert.deepEqual(named.problems, []);
        files++;
      }
    }
  }
  assert.ok(files >= 40);
});

realTest("5742: an old version of a collection is not taken for the newest", () => {
  const facts = factsOf(5742, "LuisaP_StyleCollection_3.safetensors");
  assert.equal(facts.version, "3");
  assert.equal(facts.name, "[LuisaP] 📂LORA STYLES COLLECTION [36MB FILES]");
  const { otherVersions } = facts.extra.civitai_model as { otherVersions: { name: string }[] };
  assert.deepEqual(otherVersions.map(({ name }) => name).slice(0, 2), ["12", "11"]);
});

realTest("12035: a model taken down, without pictures, keeps its mode", () => {
  const facts = factsOf(12035, "aerith.safetensors");
  assert.equal(facts.version, "tifa_pruned");
  assert.deepEqual(facts.trained_words, []);
  const extra = facts.extra.civitai_model as { mode: string; version: { images: unknown[] } };
  assert.equal(extra.mode, "TakenDown");
  assert.deepEqual(extra.version.images, []);
});

realTest("22591, 50391 and 89805: auxiliary files are never the model's file", () => {
  assert.equal(
    factsOf(22591, "unrelated.safetensors").primary_file_name,
    "idle_Potion_Generator.safetensors",
  );
  assert.equal(
    factsOf(50391, "DiffuseTexture_v1.safetensors").primary_file_name,
    "DiffuseTexture_v1.safetensors",
  );
  const facts = factsOf(89805, "unrelated.safetensors");
  assert.equal(facts.primary_file_name, "ChronomancyAI-000010.safetensors");
  assert.equal(facts.version_choice, "first");
  assert.deepEqual(facts.hashes, {}, "a guess claims no hash");
});

realTest("25508: of two versions with one file name the size decides", () => {
  const old = factsOf(25508, "bgh.safetensors", { sizeKB: 147569.2001953125 });
  assert.equal(old.version, "v1.0");
  assert.equal(old.hashes.autov1, "cc597d82");
  const unknown = factsOf(25508, "bgh.safetensors", { sizeKB: 5 });
  assert.equal(unknown.version, "v2.0");
  assert.deepEqual(unknown.hashes, {}, "an ambiguous name claims no hash");
});

realTest("6054 and 36873: network tokens are no trained words", () => {
  assert.deepEqual(factsOf(6054, "WH40K.safetensors").trained_words, []);
  assert.deepEqual(factsOf(36873, "ganyu2ep10_0.85dim32.safetensors").trained_words, [
    "ganyudef",
    "ganyurnd",
  ]);
});

realTest("26815: a very long description stays whole and becomes searchable", () => {
  const facts = factsOf(26815, "360Diffusion_v1.safetensors");
  assert.ok(facts.description!.length > 4000);
  assert.ok(!/<(?:img|iframe|script)/i.test(facts.description!));
  const words = facts.search_words.split(" ");
  assert.ok(words.includes("panorama") || words.includes("equirectangular"));
  assert.ok(words.length <= 300);
  assert.equal(new Set(words).size, words.length);
});

realTest("31618: an odd trained word is kept as written", () => {
  assert.deepEqual(factsOf(31618, "CreaturesDesignV1.safetensors").trained_words, [
    "fantz creature|monster",
  ]);
});

realTest("33807 and 88207: of two equal files the primary one is shown", () => {
  const scene = factsOf(33807, "mini sence-000008.safetensors", { sizeKB: 36979.267578125 });
  assert.equal(scene.primary_file_name, "mini sence-000008.safetensors");
  assert.equal(scene.name, "M_mini scene 迷你盒盒");
  const flower = factsOf(88207, "百花酿.safetensors", { sizeKB: 147567.21875 });
  assert.equal(flower.name, "百花酿");
  assert.equal(flower.version_choice, "file_name");
  assert.equal(flower.hashes.autov2, "66ad678754");
});

realTest("34477: a trailing space leaves the name", () => {
  assert.equal(factsOf(34477, "MechStyle V1.safetensors").name, "Mech Style");
});

realTest("36682: commas inside one trained word make a set of two triggers", () => {
  const facts = factsOf(36682, "Thai nurse.safetensors");
  assert.deepEqual(facts.trained_words, ["Nurse, Thai Nurse"]);
  assert.deepEqual(facts.triggers, ["Nurse", "Thai Nurse"]);
  assert.deepEqual(facts.trigger_sets, [{ name: "Nurse", text: "Nurse, Thai Nurse" }]);
});

realTest(
  "3679: the safetensors file wins over the pickle, unless the pickle is what lies there",
  () => {
    assert.equal(
      factsOf(3679, "something.safetensors").primary_file_name,
      "badvhs_v1.safetensors",
    );
    assert.equal(factsOf(3679, "badvhs_v1.pt").primary_file_name, "badvhs_v1.pt");
    assert.equal(
      factsOf(3679, "badVHS_v101.safetensors").version_choice,
      "file_name",
      "Civitai's own name for the download",
    );
  },
);

realTest("75641: a null description stays nothing", () => {
  const facts = factsOf(75641, "fight-10.safetensors");
  assert.equal(facts.description, null);
  assert.equal(facts.search_words, "");
});

realTest("76693: a file name that other models use still finds its version here", () => {
  assert.equal(factsOf(76693, "Mecha.safetensors").version_choice, "file_name");
});

realTest("78605: a bilingual name, base model Other, and a word that is a whole set", () => {
  const facts = factsOf(78605, "Ink scenery.safetensors");
  assert.equal(facts.name, "Ink scenery | 水墨山水");
  assert.equal(facts.base_model, "Other");
  assert.equal(facts.sd_version, null);
  assert.equal(
    facts.trigger_sets[0]?.text,
    "white background, scenery, ink, mountains, water, trees",
  );
});

realTest("the mapping table of the seeds holds for a document of 2023", () => {
  const document = json("civitai-models/6182.json");
  const facts = factsOf(6182, "S1-Ori-ArtStyle_Yiffy-e18-000008.safetensors");
  assert.equal(facts.version, "v2_Yiffy-e18");
  assert.equal(facts.base_model, "SD 1.4");
  assert.equal(facts.author_username, document.creator.username);
  assert.deepEqual(facts.tags, document.tags);
  assert.deepEqual(facts.stats, document.stats);
  assert.equal(facts.published_at, document.modelVersions[2].createdAt);
  assert.equal(facts.primary_file_size_kb, 147534);
  assert.equal(facts.primary_file_download_url, document.modelVersions[2].files[0].downloadUrl);
  assert.equal(facts.nsfw_level, 0);
});

realTest("a version document of 2024 is read whole", () => {
  const path = "civitai-model-versions/706978@1050496.images-trimmed.civitai.info";
  const facts = describeAdapter({
    model: null,
    stem: "aeshteticv5",
    sidecars: [{ fileName: "aeshteticv5.civitai.info", bytes: read(path) }],
  });
  assert.equal(facts.name, "Realistic/Aesthetic Poses FluxDev");
  assert.equal(facts.version, "V.3");
  assert.equal(facts.base_model, "Flux.1 D");
  assert.equal(facts.sd_version, "Flux");
  assert.equal(facts.civitai_model_id, 706978);
  assert.equal(facts.civitai_version_id, 1050496);
  assert.equal(facts.published_at, "2024-11-11T11:49:42.064Z");
  assert.equal(facts.hashes.autov3, "7aae878cb805");
  assert.deepEqual(facts.trained_words, ["aesthetic_pos3", "dynamic_pos3"]);
  assert.equal(facts.version_choice, "hash");
});

realTest("a kohya header tells how the network was trained", () => {
  const metadata = json("safetensors-headers/civitai-dev-seed-sdxl-kohya.tags-redacted.json");
  const facts = describeAdapter({
    model: { fileName: "pepper.safetensors", sizeBytes: 1, header: header(metadata), hashes: {} },
    stem: "pepper",
    sidecars: [],
  });
  assert.equal(facts.name, "pepper", "a title that repeats the output name is none");
  assert.equal(facts.base_model, "SDXL 1.0");
  assert.equal(facts.hashes.autov3, "52e53d98fe90");
  const { training } = facts;
  assert.equal(training.rank, 32);
  assert.equal(training.alpha, 32);
  assert.equal(training.optimizer, "Prodigy");
  assert.equal(training.steps, 444);
  assert.equal(training.resolution, "1024x1024");
  assert.equal(training.images, 102);
  assert.equal(training.finished_at, "2024-09-11T15:17:43.296Z");
  assert.equal("comment" in training, false, "None is no comment");
  const tags = training.tags as { tag: string; count: number }[];
  assert.ok(tags.length <= 200 && tags[0]!.count >= tags.at(-1)!.count);
});

realTest("an abbreviated header with a flat base model name is understood", () => {
  const metadata = json("safetensors-headers/lighthouse-abbreviated.json");
  const facts = describeAdapter({
    model: { fileName: "a.safetensors", sizeBytes: 1, header: header(metadata), hashes: {} },
    stem: "a",
    sidecars: [],
  });
  assert.equal(facts.base_model, "SD 1.5");
  assert.deepEqual(facts.training.tags, [{ tag: "lighthouse", count: 12 }]);
  assert.equal(facts.training.alpha, 8);
});

realTest(
  "malformed files are refused with the reason, and repeated names are reported",
  async () => {
    const at = (name: string) => new URL(`safetensors-malformed/${name}.safetensors`, SAMPLES);
    await assert.rejects(readSafetensorsHeader(at("header_size_too_big")), {
      name: "SyntaxError",
      message: "Cannot read safetensors header: length is 255 bytes, but only 8 follow",
    });
    await assert.rejects(readSafetensorsHeader(at("zero_len_file")), {
      message: "Cannot read safetensors header: file is 0 bytes, minimum is 8",
    });
    const repeated = await readSafetensorsHeader(at("duplicate_keys_in_header"));
    assert.equal(repeated.tensorCount, 3);
    assert.deepEqual(repeated.warnings, ["3 tensor names are repeated"]);
  },
);
