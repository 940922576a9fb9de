import type { FileEvidence } from "../choose_version.ts";
import type { VersionChoice } from "../facts.ts";
import { boundedRecord, trimImages } from "./civitai_fields.ts";
import { findInVersion } from "./civitai_version.ts";
import type { Findings } from "./findings.ts";
import { hex, id, type Json, number, record, text, textList, without } from "./read.ts";

/** `raw.metadata` repeats the model's header; `path` and `modified` are the writer's machine's. */
const MAPPED = new Set(
  ("file path modified imageLocal hasInfoFile name baseModel baseModelFile sha256 trainedWords " +
    "triggerWords images raw userNote strengthMin strengthMax").split(" "),
);

/**
 * Words that Civitai lists or the user added. The others are this tool's own count of the training
 * tags, which the header tells better.
 */
function trainedWords(doc: Json): string[] {
  const entries = Array.isArray(doc.trainedWords) ? doc.trainedWords : [];
  const words = entries.map((entry) => {
    const item = record(entry);
    if (!item) return entry;
    return item.civitai || item.user || !("count" in item || "metadata" in item) ? item.word : null;
  });
  return textList([...words, ...(Array.isArray(doc.triggerWords) ? doc.triggerWords : [])]);
}

/** Reads `NAME.safetensors.rgthree-info.json` of rgthree-comfy. */
export function readRgthree(
  doc: Json,
  evidence: FileEvidence,
): { findings: Findings; choice: VersionChoice } {
  const civitai = record(record(doc.raw)?.civitai);
  const found = civitai && id(civitai.id) !== null ? findInVersion(civitai, evidence) : null;
  const min = number(doc.strengthMin);
  const max = number(doc.strengthMax);
  const words = trainedWords(doc);
  const sha256 = hex(doc.sha256, 64);
  return {
    choice: found?.choice ?? "none",
    findings: {
      ...found?.findings,
      source: "rgthree",
      isGuess: false,
      name: found?.findings.name ?? text(doc.name, 300) ?? undefined,
      base_model: text(doc.baseModel, 100) ?? found?.findings.base_model,
      trained_words: words.length ? words : found?.findings.trained_words,
      notes: text(doc.userNote, 50_000),
      weight_range: min === null && max === null ? null : { min, max },
      hashes: { ...found?.findings.hashes, ...(sha256 ? { sha256 } : {}) },
      rest: boundedRecord({ ...without(doc, MAPPED), images: trimImages(doc.images) }),
    },
  };
}
