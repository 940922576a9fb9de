import type { Hashes } from "@/lib/db/schema.ts";
import { normalizeBaseModel, sdVersionOf } from "@/lib/shared/base_models.ts";
import { htmlToText, looksLikeHtml, textToHtml } from "@/lib/text/plain.ts";
import { sanitizeDescription } from "@/lib/text/sanitize.ts";
import { uniqueWords } from "@/lib/text/words.ts";
import type { AdapterFacts, FactSource, VersionChoice } from "./facts.ts";
import { bounded } from "./formats/bounded.ts";
import type { Findings } from "./formats/findings.ts";
import { distinct, type Json } from "./formats/read.ts";
import { readTriggerWords } from "./formats/trigger_words.ts";

const MAX_SEARCH_WORDS = 300;

/** What people typed wins over what tools copied. */
const USER_FIRST: FactSource[] = [
  ...["a1111_user", "lora_manager", "swarm", "rgthree", "stability_matrix"] as const,
  ...["civitai_model", "civitai_version", "text", "header"] as const,
];

/** The one catalog that lets its user correct Civitai's words, then Civitai's own, then copies of them. */
const CATALOG_FIRST: FactSource[] = [
  ...["lora_manager", "civitai_model", "civitai_version", "stability_matrix"] as const,
  ...["rgthree", "swarm", "a1111_user", "text", "header"] as const,
];

/** The longest and best kept first: other tools store extracts or plain text of the same words. */
const DESCRIPTION: FactSource[] = [
  ...["civitai_model", "lora_manager", "stability_matrix", "civitai_version"] as const,
  ...["rgthree", "swarm", "a1111_user", "text", "header"] as const,
];
const HTML_SOURCES = new Set<FactSource>(DESCRIPTION.slice(0, 5));

const PLACEHOLDERS = new Set(["unknown", "none", "null", "undefined", "n/a"]);

function saysNothing(value: unknown): boolean {
  if (typeof value === "string") return value === "" || PLACEHOLDERS.has(value.toLowerCase());
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || value === 0;
}

type Column = keyof Findings;

/** The documents in an order of trust; those that only assume a version come last for its columns. */
class Ranking {
  readonly #findings: readonly Findings[];

  constructor(findings: readonly Findings[]) {
    this.#findings = findings;
  }

  by(order: readonly FactSource[], guessesLast = false): Findings[] {
    const rank = (it: Findings) =>
      order.indexOf(it.source) + (guessesLast && it.isGuess ? order.length : 0);
    return this.#findings.toSorted((a, b) => rank(a) - rank(b));
  }

  pick<C extends Column>(column: C, order = CATALOG_FIRST): NonNullable<Findings[C]> | null {
    const found = this.by(order).find((it) => !saysNothing(it[column]));
    return found?.[column] ?? null;
  }

  pickOfVersion<C extends Column>(column: C): NonNullable<Findings[C]> | null {
    const found = this.by(CATALOG_FIRST, true).find((it) => !saysNothing(it[column]));
    return found?.[column] ?? null;
  }
}

/** The first description that has words once it is clean, and who wrote it. */
function description(ranking: Ranking): { html: string; plain: string; source: FactSource } | null {
  for (const { description, source } of ranking.by(DESCRIPTION)) {
    if (!description) continue;
    const isHtml = HTML_SOURCES.has(source) || looksLikeHtml(description);
    const html = isHtml ? sanitizeDescription(description) : textToHtml(description);
    const plain = htmlToText(html);
    if (plain && !saysNothing(plain)) return { html, plain, source };
  }
  return null;
}

function baseModel(ranking: Ranking, sdVersion: string | null): string | null {
  const named = ranking.by(CATALOG_FIRST, true).map((it) => normalizeBaseModel(it.base_model))
    .filter((name) => name !== null);
  // "Other" is Civitai's answer when the author did not say; the header may know.
  return named.find((name) => name !== "Other") ?? normalizeBaseModel(sdVersion) ?? named[0] ??
    null;
}

/** Hashes of one file only: a document whose SHA-256 differs describes another file. */
function hashes(ranking: Ranking, own: Hashes): Hashes {
  const merged: Hashes = { ...own };
  for (const { hashes: found, isGuess } of ranking.by(CATALOG_FIRST)) {
    if (!found || isGuess) continue;
    if (found.sha256 && merged.sha256 && found.sha256 !== merged.sha256) continue;
    for (const kind of ["sha256", "autov1", "autov2", "autov3", "crc32", "blake3"] as const) {
      const value = found[kind];
      if (value && !merged[kind]) merged[kind] = value;
    }
  }
  // Civitai's AutoV2 is the start of the SHA-256.
  if (merged.sha256) merged.autov2 = merged.sha256.slice(0, 10);
  return merged;
}

/** Counts that are zero in one document may be known in another. */
function stats(ranking: Ranking): Json {
  const merged: Json = {};
  for (const { stats: found } of ranking.by(DESCRIPTION)) {
    for (const [key, value] of Object.entries(found ?? {})) {
      if (key !== "__proto__" && (merged[key] ?? 0) === 0) merged[key] = value;
    }
  }
  return bounded(merged) as Json;
}

function extra(findings: readonly Findings[], described: FactSource | null): Json {
  const bySource: Json = {};
  for (const { source, rest, description } of findings) {
    const own = source === "a1111_user" && description && described !== source
      ? { ...rest, description: bounded(description) }
      : rest;
    if (own && Object.keys(own).length && !(source in bySource)) bySource[source] = own;
  }
  return bySource;
}

export interface MergeContext {
  stem: string;
  /** Hashes of the file itself. */
  hashes: Hashes;
  choice: VersionChoice;
  training: Json;
}

/** Makes one adapter of all that was found beside a model file and in it: see docs/import-rules.md. */
export function mergeFindings(
  findings: readonly Findings[],
  context: MergeContext,
): Omit<AdapterFacts, "problems"> {
  const ranking = new Ranking(findings);
  const named = ranking.by(CATALOG_FIRST).find((it) => !saysNothing(it.name));
  const told = description(ranking);
  const activation = ranking.pick("activation_text", USER_FIRST);
  const sdVersion = ranking.pick("sd_version", USER_FIRST);
  const base = baseModel(ranking, sdVersion);
  // Name, size, hash and address are those of one file, so they come from one document.
  const file = ranking.by(CATALOG_FIRST, true).find((it) => it.primary_file_name);
  const sizeKb = file?.primary_file_size_kb ?? null;
  const weightRange = ranking.pick("weight_range", USER_FIRST);
  return {
    name: named?.name ?? context.stem,
    version: ranking.pickOfVersion("version") ?? "",
    canonical_version_name: ranking.pickOfVersion("canonical_version_name"),
    description: told?.html ?? null,
    author_username: ranking.pick("author_username"),
    visibility: ranking.pick("visibility"),
    published_at: ranking.pickOfVersion("published_at"),
    tags: distinct(ranking.by(CATALOG_FIRST).flatMap((it) => it.tags ?? [])),
    ...readTriggerWords(ranking.pickOfVersion("trained_words") ?? [], activation),
    weight: ranking.pick("weight", USER_FIRST),
    primary_file_name: file?.primary_file_name ?? null,
    primary_file_size_kb: sizeKb === null ? null : Math.round(sizeKb),
    primary_file_sha256: file?.primary_file_sha256 ?? null,
    primary_file_download_url: file?.primary_file_download_url ?? null,
    supports_generation: ranking.pickOfVersion("supports_generation"),
    sd_version: sdVersion ?? sdVersionOf(base),
    nsfw_level: ranking.pickOfVersion("nsfw_level") ?? 0,
    activation_text: activation,
    stats: stats(ranking),
    extra: {
      ...extra(findings, told?.source ?? null),
      ...(weightRange ? { weight_range: weightRange } : {}),
    },
    base_model: base,
    negative_text: ranking.pick("negative_text", USER_FIRST),
    notes: ranking.pick("notes", USER_FIRST),
    hashes: hashes(ranking, context.hashes),
    civitai_model_id: ranking.pickOfVersion("civitai_model_id"),
    civitai_version_id: ranking.pickOfVersion("civitai_version_id"),
    training: context.training,
    search_words: told ? uniqueWords(told.plain, MAX_SEARCH_WORDS).join(" ") : "",
    is_favorite: ranking.pick("is_favorite"),
    rating: ranking.pick("rating"),
    weight_range: weightRange,
    name_source: named?.source ?? "file_name",
    version_choice: context.choice,
    sources: [
      ...new Set([...findings.map((it) => it.source), ...(named ? [] : ["file_name" as const])]),
    ],
  };
}
