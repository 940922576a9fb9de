import { familyOf, guessBaseModel, normalizeBaseModel } from "@/lib/shared/base_models.ts";
import type { SafetensorsHeader } from "../header.ts";
import type { Findings } from "./findings.ts";
import { readModelspec } from "./modelspec.ts";
import { hex, type Json, without } from "./read.ts";
import { baseName, readTraining } from "./training.ts";

/**
 * Hashes that the trainer wrote into the header. Civitai's AutoV3 is the start of the first; the hash
 * of nothing, which some tools write, is refused.
 */
export function headerHashes(metadata: Readonly<Record<string, string>>): { autov3?: string } {
  const full = hex(metadata.sshs_model_hash, 64) ?? hex(metadata["modelspec.hash_sha256"], 64);
  return full ? { autov3: full.slice(0, 12) } : {};
}

/**
 * The base model: the trainer's word for the architecture, made more precise by the file it trained
 * on ("ponyDiffusionV6XL" is an SDXL model, and more), else what the tensors' shapes give away.
 */
function baseModel({ metadata, network }: SafetensorsHeader): string | null {
  const named = [metadata["modelspec.architecture"], metadata.ss_base_model_version]
    .map(normalizeBaseModel).find((name) => name !== null && familyOf(name) !== null) ?? null;
  const architecture = named ?? network.baseModel;
  const trainedOn = guessBaseModel(baseName(metadata.ss_sd_model_name ?? ""));
  const isPrecise = trainedOn !== null && trainedOn !== architecture &&
    (architecture === null || familyOf(trainedOn) === familyOf(architecture)) &&
    !["SDXL 1.0", "SD 1.5", "SD 2.1"].includes(trainedOn);
  return isPrecise ? trainedOn : architecture;
}

/** What the model file says about itself, for orphans the only source. */
export function readHeader(header: SafetensorsHeader): { findings: Findings; training: Json } {
  const { metadata, network } = header;
  const spec = readModelspec(metadata);
  const training = readTraining(metadata);
  const isOwnTitle = spec.name !== undefined && spec.name !== metadata.ss_output_name;
  const shape = without({ network_type: network.type, rank: network.rank }, new Set());
  return {
    findings: {
      ...spec,
      source: "header",
      name: isOwnTitle ? spec.name : undefined,
      base_model: baseModel(header),
      hashes: headerHashes(metadata),
    },
    training: Object.keys(training).length || network.type ? { ...shape, ...training } : {},
  };
}
