import type { SidecarKind } from "../facts.ts";
import { sidecarStem } from "./file_names.ts";
import { type Json, record } from "./read.ts";

const A1111_KEYS = ["activation text", "preferred weight", "sd version", "negative text"];

/** A1111's own keys, which other tools also write into documents of Civitai. */
export function hasUserKeys(doc: Json): boolean {
  return A1111_KEYS.some((key) => key in doc);
}

const has = (doc: Json, ...keys: string[]) => keys.some((key) => key in doc);

function isLoraManager(doc: Json): boolean {
  return "file_name" in doc && has(doc, "model_name", "sha256", "civitai") &&
    has(doc, "from_civitai", "usage_tips", "preview_nsfw_level", "base_model", "modelDescription");
}

function isStabilityMatrix(doc: Json): boolean {
  return has(doc, "ModelId", "ModelName") &&
    has(doc, "VersionId", "VersionName", "FileMetadata", "BaseModel", "Hashes", "ModelType");
}

function isRgthree(doc: Json): boolean {
  const raw = record(doc.raw);
  return (raw !== null && has(raw, "metadata", "civitai")) ||
    has(doc, "hasInfoFile", "imageLocal", "triggerWords", "userNote") ||
    (has(doc, "strengthMin", "strengthMax") && "file" in doc);
}

function isCivitaiVersion(doc: Json): boolean {
  if (doc.skeleton_file === true) return true;
  const describesFile = has(doc, "trainedWords", "baseModel", "files", "downloadUrl");
  return describesFile && (has(doc, "modelId") || (has(doc, "id") && has(doc, "model", "files")));
}

/** A1111 writes at least these two for every model, also when they are empty. */
function isUserMetadata(doc: Json): boolean {
  if (hasUserKeys(doc)) return true;
  const keys = Object.keys(doc);
  return keys.length > 0 && keys.length <= 8 && "description" in doc && "notes" in doc;
}

/**
 * What a JSON document is, by its keys: three tools write three things under the name `NAME.json`, and
 * settings or workflows of others lie beside models too.
 *
 * @param fileName Decides only for an empty document, which Civitai Helper leaves behind for a model
 *   that Civitai does not know.
 * @returns Null if it is no sidecar.
 */
export function detectSidecar(fileName: string, json: unknown): SidecarKind | null {
  const doc = record(json);
  if (!doc) return null;
  if (Array.isArray(doc.modelVersions)) return "civitai_model";
  if (isLoraManager(doc)) return "lora_manager";
  if (isStabilityMatrix(doc)) return "stability_matrix";
  if (isCivitaiVersion(doc)) return "civitai_version";
  if (isRgthree(doc)) return "rgthree";
  if (Object.keys(doc).some((key) => key.startsWith("modelspec."))) return "swarm";
  if (isUserMetadata(doc)) return "a1111_user";
  const hint = sidecarStem(fileName)?.kindHint;
  return hint === "civitai_version" && Object.keys(doc).length <= 3 ? hint : null;
}
