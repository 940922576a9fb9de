import type { FileEvidence } from "../choose_version.ts";
import type { VersionChoice } from "../facts.ts";
import { boundedRecord, versionRest } from "./civitai_fields.ts";
import { findInVersion } from "./civitai_version.ts";
import { nestedRecord } from "./decode.ts";
import type { Findings } from "./findings.ts";
import {
  bool,
  hex,
  id,
  type Json,
  number,
  record,
  text,
  textList,
  weight,
  without,
} from "./read.ts";

/** Paths and times of the machine that wrote it are not facts about the adapter. */
const MAPPED = new Set([
  ...["file_name", "model_name", "file_path", "size", "modified", "sha256", "base_model", "autov3"],
  ...["preview_url", "notes", "civitai", "tags", "modelDescription", "favorite", "usage_tips"],
  ...["last_checked_at", "hash_status", "db_checked"],
]);

/** `strength_range` is text such as "0.6-0.9". */
function weightRange(tips: Json): Findings["weight_range"] {
  const [low, high] = text(tips.strength_range, 50)?.match(/\d+(?:\.\d+)?/g) ?? [];
  const min = number(tips.strength_min) ?? number(low);
  const max = number(tips.strength_max) ?? number(high);
  return min === null && max === null ? null : { min, max };
}

/** Reads `NAME.metadata.json` of ComfyUI-Lora-Manager, which also keeps what its user changed. */
export function readLoraManager(
  doc: Json,
  evidence: FileEvidence,
): { findings: Findings; choice: VersionChoice } {
  const civitai = record(doc.civitai);
  const isKnown = civitai !== null && id(civitai.id) !== null;
  const found = isKnown ? findInVersion(civitai, evidence) : null;
  const tips = nestedRecord(doc.usage_tips) ?? {};
  const { strength, strength_min: _min, strength_max: _max, strength_range: _range, ...otherTips } =
    tips;
  const name = text(doc.model_name, 300);
  const trained = textList(civitai?.trainedWords);
  return {
    choice: found?.choice ?? "none",
    findings: {
      ...found?.findings,
      source: "lora_manager",
      isGuess: false,
      // Without a title of its own it shows the file name, which is no news.
      name: (name === text(doc.file_name, 300) ? null : name) ?? found?.findings.name,
      base_model: text(doc.base_model, 100) ?? found?.findings.base_model,
      description: text(doc.modelDescription, 200_000) ?? found?.findings.description,
      notes: text(doc.notes, 50_000),
      tags: textList(doc.tags),
      trained_words: trained,
      weight: weight(strength),
      weight_range: weightRange(tips),
      is_favorite: bool(doc.favorite) ? true : null,
      hashes: {
        ...found?.findings.hashes,
        ...optional("sha256", hex(doc.sha256, 64)),
        ...optional("autov3", hex(doc.autov3, 12)),
      },
      rest: boundedRecord({
        ...without(doc, MAPPED),
        usage_tips: otherTips,
        civitai: isKnown ? versionRest(civitai) : undefined,
      }),
    },
  };
}

function optional(key: "sha256" | "autov3", value: string | null) {
  return value === null ? {} : { [key]: value };
}
