import { chooseVersion, type FileEvidence } from "../choose_version.ts";
import type { VersionChoice } from "../facts.ts";
import {
  authorOf,
  boundedRecord,
  commercialUses,
  nsfwLevel,
  trimOtherVersion,
  versionFindings,
  versionRest,
} from "./civitai_fields.ts";
import type { Findings } from "./findings.ts";
import { bool, id, type Json, record, records, text, textList, weight, without } from "./read.ts";

const MAPPED = new Set([
  ...["id", "name", "description", "creator", "tags", "stats", "supportsGeneration", "nsfwLevel"],
  ...["modelVersions", "availability", "allowCommercialUse", "weight", "default_weight"],
  // Read by the reader for A1111's keys when a tool has merged them into this document.
  ...["sd version", "activation text", "preferred weight", "negative text", "notes"],
]);

/** Versions of a collection that are listed in `extra`; one model has a hundred. */
const MAX_OTHERS = 100;

/**
 * Reads a Civitai model: `NAME.json` as SD.Next downloads it. It describes all versions, the file is
 * one of them.
 */
export function readCivitaiModel(
  doc: Json,
  evidence: FileEvidence,
): { findings: Findings; choice: VersionChoice } {
  const name = text(doc.name, 300);
  const versions = records(doc.modelVersions);
  const chosen = chooseVersion(versions, name, evidence);
  const ofVersion = chosen ? versionFindings(chosen) : {};
  const others = versions.filter((version) => version !== chosen?.version);
  return {
    choice: chosen?.choice ?? "none",
    findings: {
      ...ofVersion,
      source: "civitai_model",
      name: name ?? undefined,
      description: text(doc.description, 200_000) ?? text(chosen?.version.description, 200_000),
      author_username: authorOf(doc),
      tags: textList(doc.tags),
      visibility: text(doc.availability, 50),
      nsfw_level: ofVersion.nsfw_level ?? nsfwLevel(doc),
      supports_generation: ofVersion.supports_generation ?? bool(doc.supportsGeneration),
      stats: record(doc.stats) ?? record(chosen?.version.stats) ?? undefined,
      civitai_model_id: id(doc.id) ?? ofVersion.civitai_model_id,
      weight: weight(doc.weight) ?? weight(doc.default_weight),
      rest: boundedRecord({
        ...without(doc, MAPPED),
        allowCommercialUse: commercialUses(doc.allowCommercialUse),
        version: chosen ? versionRest(chosen.version) : undefined,
        otherVersions: others.slice(0, MAX_OTHERS).map(trimOtherVersion),
      }),
    },
  };
}
