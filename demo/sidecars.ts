import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Lora, SidecarFormat } from "./lora.ts";
import { Random } from "./paint/random.ts";

export interface Sidecar {
  /** Full name without folder. */
  name: string;
  content: string;
}

const WRITERS: Record<SidecarFormat, (facts: Facts) => { suffix: string; content: unknown }> = {
  civitai_model: (facts) => ({ suffix: ".json", content: civitaiModel(facts) }),
  civitai_info: (facts) => ({ suffix: ".civitai.info", content: civitaiInfo(facts) }),
  lora_manager: (facts) => ({ suffix: ".metadata.json", content: loraManager(facts) }),
  stability_matrix: (facts) => ({ suffix: ".cm-info.json", content: stabilityMatrix(facts) }),
  rgthree: (facts) => ({ suffix: `${facts.extension}.rgthree-info.json`, content: rgthree(facts) }),
  swarm: (facts) => ({ suffix: ".swarm.json", content: swarm(facts) }),
  a1111: (facts) => ({
    // Civitai's document took the plain name first; the notes of A1111 are then merged into it.
    suffix: ".json",
    content: facts.lora.sidecars.includes("civitai_model")
      ? { ...civitaiModel(facts), ...a1111(facts) }
      : a1111(facts),
  }),
  text: (facts) => ({
    suffix: facts.random.chance(0.5) ? ".txt" : ".description.txt",
    content: `${facts.lora.about}\n\nTrigger: ${
      facts.lora.words.join(", ")
    }\nWeight: ${facts.weight}\n`,
  }),
  // A tool that was killed while writing.
  broken: (facts) => ({
    suffix: ".civitai.info",
    content: JSON.stringify(civitaiInfo(facts), null, 2).slice(0, 410),
  }),
  // What Civitai Helper leaves for a file that Civitai does not know.
  empty_info: () => ({ suffix: ".civitai.info", content: {} }),
};

interface Facts {
  lora: Lora;
  stem: string;
  extension: string;
  bytes: number;
  sha256: string;
  hashes: Record<string, string>;
  weight: number;
  modelId: number;
  versionId: number;
  published: string;
  html: string;
  random: Random;
}

/** Everything that lies beside a model file, in the formats its entry names. */
export function makeSidecars(lora: Lora, file: Uint8Array): Sidecar[] {
  const facts = gather(lora, file);
  return lora.sidecars.map((format) => {
    const { suffix, content } = WRITERS[format](facts);
    return {
      name: facts.stem + suffix,
      content: typeof content === "string" ? content : JSON.stringify(content, null, 2),
    };
  });
}

function gather(lora: Lora, file: Uint8Array): Facts {
  const random = new Random(lora.file);
  const [, stem = "", extension = ""] = /([^/]*)(\.[^.]*)$/.exec(lora.file)!;
  const sha256 = createHash("sha256").update(file).digest("hex");
  const modelId = 100_000 +
    parseInt(createHash("sha256").update(lora.name).digest("hex").slice(0, 5), 16);
  return {
    lora,
    stem,
    extension,
    bytes: file.length,
    sha256,
    hashes: {
      AutoV1: createHash("sha256").update(file.subarray(0x100000, 0x110000)).digest("hex").slice(
        0,
        8,
      ).toUpperCase(),
      AutoV2: sha256.slice(0, 10).toUpperCase(),
      SHA256: sha256.toUpperCase(),
      CRC32: crc32(file).toString(16).padStart(8, "0").toUpperCase(),
    },
    weight: lora.weight ?? 1,
    modelId,
    versionId: modelId * 3 + random.int(10, 99),
    published: `${lora.published}T${String(random.int(8, 20)).padStart(2, "0")}:24:11.518Z`,
    html: describe(lora),
    random,
  };
}

function describe({ about, words, weight, base, level }: Lora): string {
  const triggers = words.map((word) => `<code>${word}</code>`).join(" or ");
  return [
    `<h2>What it does</h2><p>${about}</p>`,
    `<h3>How to use it</h3><ul><li><p>Trigger: ${triggers}</p></li>`,
    `<li><p>Weight: <strong>${weight ?? 1}</strong>, down to ${
      ((weight ?? 1) - 0.25).toFixed(2)
    } together with others</p></li>`,
    `<li><p>Made for ${base}</p></li></ul>`,
    level >= 4 ? "<p><em>For adults. Please label what you post.</em></p>" : "",
    "<p>If you make something you like, show it below.</p>",
  ].join("");
}

/** The version in the library under its index, others around it with files that are not here. */
function versionsOf(facts: Facts) {
  const { lora, versionId } = facts;
  const own = { name: lora.version, id: versionId, isHere: true };
  const others = (lora.otherVersions ?? []).map((name, i) => ({
    name,
    id: versionId + (i % 2 ? -1 : 1) * (i + 1) * 211,
    isHere: false,
  }));
  return [own, ...others].toSorted((a, b) => b.name.localeCompare(a.name, "en", { numeric: true }));
}

function fileOf(facts: Facts, name: string, versionId: number, isHere: boolean) {
  const random = new Random(`${versionId}`);
  const foreign = createHash("sha256").update(String(versionId)).digest("hex").toUpperCase();
  const isPickle = facts.extension === ".pt";
  return {
    id: versionId - 7,
    name,
    type: "Model",
    sizeKB: isHere ? facts.bytes / 1024 : random.range(18_000, 223_000),
    metadata: { format: isPickle ? "PickleTensor" : "SafeTensor", size: null, fp: null },
    pickleScanResult: "Success",
    pickleScanMessage: "No Pickle imports",
    virusScanResult: "Success",
    virusScanMessage: null,
    scannedAt: facts.published,
    hashes: isHere ? facts.hashes : { SHA256: foreign, AutoV2: foreign.slice(0, 10) },
    downloadUrl: `https://civitai.com/api/download/models/${versionId}`,
    primary: true,
  };
}

function versionDocument(
  facts: Facts,
  { name, id, isHere }: { name: string; id: number; isHere: boolean },
) {
  const { lora, stem, extension } = facts;
  const share = isHere ? 0.62 : 0.38 / Math.max(1, lora.otherVersions?.length ?? 1);
  return {
    id,
    modelId: facts.modelId,
    name,
    createdAt: facts.published,
    updatedAt: facts.published,
    publishedAt: facts.published,
    trainedWords: lora.words,
    baseModel: lora.base,
    baseModelType: "Standard",
    description: isHere ? "<p>Retrained from scratch with better captions.</p>" : null,
    nsfwLevel: lora.level,
    stats: {
      downloadCount: Math.round(lora.downloads * share),
      thumbsUpCount: Math.round(lora.downloads * share / 11),
    },
    files: [fileOf(facts, isHere ? stem + extension : `${stem}_${id}${extension}`, id, isHere)],
    images: [],
    downloadUrl: `https://civitai.com/api/download/models/${id}`,
  };
}

function civitaiModel(facts: Facts) {
  const { lora, random } = facts;
  return {
    id: facts.modelId,
    name: lora.name,
    description: facts.html,
    type: "LORA",
    poi: false,
    nsfw: lora.level >= 4,
    nsfwLevel: lora.level,
    allowNoCredit: true,
    allowCommercialUse: ["Image", "RentCivit"],
    allowDerivatives: true,
    allowDifferentLicense: false,
    supportsGeneration: true,
    stats: {
      downloadCount: lora.downloads,
      favoriteCount: 0,
      thumbsUpCount: Math.round(lora.downloads / 9),
      thumbsDownCount: random.int(0, 40),
      commentCount: random.int(3, 120),
      ratingCount: Math.round(lora.downloads / 60),
      rating: Number(random.range(4.5, 5).toFixed(2)),
    },
    creator: { username: lora.author, image: null },
    tags: lora.tags,
    modelVersions: versionsOf(facts).map((version) => versionDocument(facts, version)),
  };
}

function civitaiInfo(facts: Facts) {
  const { lora, versionId } = facts;
  return {
    ...versionDocument(facts, { name: lora.version, id: versionId, isHere: true }),
    description: facts.html,
    air: `urn:air:sdxl:lora:civitai:${facts.modelId}@${versionId}`,
    model: { name: lora.name, type: "LORA", nsfw: lora.level >= 4, poi: false, tags: lora.tags },
    creator: { username: lora.author, image: null },
  };
}

function loraManager(facts: Facts) {
  const { lora, stem } = facts;
  return {
    file_name: stem,
    model_name: lora.name,
    file_path: `/models/loras/${lora.file}`,
    size: facts.bytes,
    modified: Date.parse(facts.published) / 1000,
    sha256: facts.sha256,
    base_model: lora.base,
    preview_url: "",
    preview_nsfw_level: lora.level,
    notes: "",
    from_civitai: true,
    civitai: civitaiInfo(facts),
    tags: lora.tags,
    modelDescription: facts.html,
    favorite: lora.downloads > 10_000,
    exclude: false,
    civitai_deleted: false,
    metadata_source: "civitai_api",
    usage_tips: JSON.stringify({ strength: facts.weight, strength_min: 0.4, strength_max: 1.1 }),
  };
}

function stabilityMatrix(facts: Facts) {
  const { lora } = facts;
  return {
    ModelId: facts.modelId,
    ModelName: lora.name,
    ModelDescription: facts.html,
    Nsfw: lora.level >= 4,
    Tags: lora.tags,
    ModelType: "LORA",
    VersionId: facts.versionId,
    VersionName: lora.version,
    VersionDescription: "",
    AuthorUsername: lora.author,
    BaseModel: lora.base,
    FileMetadata: { fp: "fp16", size: "pruned", format: "SafeTensor" },
    ImportedAt: facts.published,
    Hashes: { SHA256: facts.hashes.SHA256, CRC32: facts.hashes.CRC32 },
    TrainedWords: lora.words,
    Stats: { DownloadCount: lora.downloads, ThumbsUpCount: Math.round(lora.downloads / 9) },
    UserTitle: null,
    Source: "Civitai",
  };
}

function rgthree(facts: Facts) {
  const { lora, stem, extension } = facts;
  return {
    file: stem + extension,
    path: `/models/loras/${lora.file}`,
    modified: Date.parse(facts.published),
    hasInfoFile: true,
    name: lora.name,
    type: "LORA",
    baseModel: lora.base,
    sha256: facts.sha256,
    trainedWords: lora.words.map((word) => ({ word, civitai: true })),
    links: [`https://civitai.com/models/${facts.modelId}?modelVersionId=${facts.versionId}`],
    images: [],
    strengthMin: 0.5,
    strengthMax: 1,
    userNote: "Good with film grain.",
    raw: { civitai: civitaiInfo(facts) },
  };
}

function swarm({ lora, published, weight }: Facts) {
  return {
    "modelspec.title": lora.name,
    "modelspec.author": lora.author,
    "modelspec.description": lora.about,
    "modelspec.trigger_phrase": lora.words.join(", "),
    "modelspec.usage_hint": `Weight ${weight}`,
    "modelspec.tags": lora.tags.join(", "),
    "modelspec.date": published.slice(0, 10),
    "modelspec.license": "CreativeML Open RAIL-M",
    "modelspec.resolution": "1024x1024",
  };
}

function a1111({ lora, weight }: Facts) {
  return {
    description: lora.about,
    "sd version": { "SD 1.5": "SD1", "Flux.1 D": "Unknown" }[lora.base as string] ?? "SDXL",
    "activation text": lora.words.join(", "),
    "preferred weight": weight,
    "negative text": "blurry, lowres",
    notes: "Try it before the detailer.",
  };
}
