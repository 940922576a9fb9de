import { chooseVersion, type FileEvidence } from "../choose_version.ts";
import type { VersionChoice } from "../facts.ts";
import {
  authorOf,
  boundedRecord,
  nsfwLevel,
  versionFindings,
  versionRest,
} from "./civitai_fields.ts";
import type { Findings } from "./findings.ts";
import { bool, id, type Json, record, text, textList } from "./read.ts";

/** What all tools that keep a version document have in common, wherever they keep it. */
export function findInVersion(
  doc: Json,
  evidence: FileEvidence,
): { findings: Partial<Findings>; choice: VersionChoice } {
  const model = record(doc.model);
  const chosen = chooseVersion([doc], text(model?.name, 300), evidence)!;
  const ofVersion = versionFindings(chosen);
  return {
    choice: chosen.choice,
    findings: {
      ...ofVersion,
      name: text(model?.name, 300) ?? undefined,
      description: text(model?.description, 200_000) ?? text(doc.description, 200_000),
      author_username: authorOf(doc) ?? authorOf(model),
      tags: textList(model?.tags),
      nsfw_level: ofVersion.nsfw_level ?? nsfwLevel(model),
      supports_generation: ofVersion.supports_generation ?? bool(model?.supportsGeneration),
      stats: record(doc.stats) ?? undefined,
      civitai_model_id: ofVersion.civitai_model_id ?? id(model?.id),
    },
  };
}

/**
 * Reads one version of a Civitai model: `NAME.civitai.info` and `NAME.api_info.json`. The tools found it
 * by the file's hash, so it is never a guess. An empty document says that Civitai did not know the file.
 */
export function readCivitaiVersion(
  doc: Json,
  evidence: FileEvidence,
): { findings: Findings; choice: VersionChoice } {
  if (id(doc.id) === null || doc.skeleton_file === true) {
    return { findings: { source: "civitai_version", rest: { found: false } }, choice: "none" };
  }
  const { findings, choice } = findInVersion(doc, evidence);
  const { name: _name, description: _description, tags: _tags, ...model } = record(doc.model) ?? {};
  return {
    choice,
    findings: {
      ...findings,
      source: "civitai_version",
      isGuess: false,
      rest: boundedRecord({ ...versionRest(doc), model }),
    },
  };
}
