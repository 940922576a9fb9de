import { type ChosenVersion, fileHashes } from "../choose_version.ts";
import { bounded } from "./bounded.ts";
import type { Findings } from "./findings.ts";
import {
  bool,
  id,
  isoTime,
  type Json,
  number,
  record,
  records,
  text,
  textList,
  webUrl,
  without,
} from "./read.ts";

const MAX_IMAGES = 20;
/** Pictures whose prompt is kept as an example; the others keep their address and size. */
const MAX_EXAMPLES = 3;

/** Content levels from the time before Civitai had numbers. */
const NAMED_LEVELS: Record<string, number> = { none: 1, soft: 2, mature: 4, x: 8, blocked: 32 };

/** The level of a document: its number, its old name, or X for one that says no more than `nsfw: true`. */
export function nsfwLevel(doc: Json | null): number | undefined {
  const level = number(doc?.nsfwLevel);
  if (level !== null && level > 0 && level < 64) return Math.trunc(level);
  const named = NAMED_LEVELS[String(doc?.nsfwLevel ?? "").toLowerCase()];
  return named ?? (bool(doc?.nsfw) ? 8 : undefined);
}

export function authorOf(doc: Json | null): string | null {
  return text(record(doc?.creator)?.username, 200);
}

const NOTHING: ReadonlySet<string> = new Set();

function trimImage(image: Json, index: number): Json {
  const { id, url, nsfw, nsfwLevel, width, height, type, hash } = image;
  const meta = record(image.meta);
  const example = meta && index < MAX_EXAMPLES
    ? without({
      prompt: text(meta.prompt, 1000),
      negativePrompt: text(meta.negativePrompt, 500),
      seed: number(meta.seed),
      steps: number(meta.steps),
      sampler: text(meta.sampler, 100),
      cfgScale: number(meta.cfgScale),
      model: text(meta.Model, 200),
    }, NOTHING)
    : null;
  return without({ id, url, nsfw, nsfwLevel, width, height, type, hash, meta: example }, NOTHING);
}

function trimFile(file: Json): Json {
  const { id, name, type, sizeKB, metadata, primary, pickleScanResult, virusScanResult } = file;
  return without(
    {
      id,
      name,
      type,
      sizeKB,
      metadata,
      primary,
      pickleScanResult,
      virusScanResult,
      hashes: fileHashes(file),
    },
    NOTHING,
  );
}

export const trimImages = (images: unknown) => records(images).slice(0, MAX_IMAGES).map(trimImage);

/** Enough of another version to recognise its file, and to say that there is a newer one. */
export function trimOtherVersion(version: Json): Json {
  return {
    id: version.id,
    name: version.name,
    baseModel: version.baseModel,
    files: records(version.files).slice(0, 10).map((file) => ({
      name: file.name,
      hashes: { sha256: fileHashes(file).sha256 },
    })),
  };
}

const VERSION_MAPPED = new Set(
  "id modelId name trainedWords baseModel publishedAt supportsGeneration downloadUrl files images model creator"
    .split(" "),
);

/** What a version document holds beyond the columns. */
export function versionRest(version: Json): Json {
  const rest = without(version, VERSION_MAPPED);
  return {
    ...rest,
    files: records(version.files).slice(0, 20).map(trimFile),
    images: trimImages(version.images),
  };
}

/** What one version of a Civitai model says, and its file. */
export function versionFindings(chosen: ChosenVersion): Partial<Findings> {
  const { version, file } = chosen;
  return {
    version: text(version.name, 200) ?? undefined,
    // Missing in documents of 2023, when a version was public as soon as it was made.
    published_at: isoTime(version.publishedAt) ?? isoTime(version.createdAt),
    trained_words: textList(version.trainedWords),
    base_model: text(version.baseModel, 100),
    supports_generation: bool(version.supportsGeneration),
    nsfw_level: nsfwLevel(version),
    civitai_version_id: id(version.id),
    civitai_model_id: id(version.modelId),
    primary_file_name: text(file?.name, 500),
    primary_file_size_kb: number(file?.sizeKB),
    primary_file_sha256: fileHashes(file).sha256,
    primary_file_download_url: webUrl(file?.downloadUrl) ?? webUrl(version.downloadUrl),
    hashes: chosen.isSameFile ? fileHashes(file) : undefined,
    isGuess: chosen.choice === "first",
  };
}

/** Civitai wrote this as a word, later as a list, and once as Postgres spells a list. */
export function commercialUses(value: unknown): string[] {
  return textList(typeof value === "string" ? value.replace(/^\{|\}$/g, "") : value);
}

export const boundedRecord = (doc: Json) => bounded(doc) as Json;
