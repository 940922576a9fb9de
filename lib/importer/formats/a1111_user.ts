import type { Findings } from "./findings.ts";
import { boundedRecord } from "./civitai_fields.ts";
import { hex, id, type Json, text, weight, without } from "./read.ts";

const KEYS = [
  ...["description", "sd version", "activation text", "preferred weight", "negative text", "notes"],
  ...["modelId", "modelVersionId", "sha256", "base model"],
];
const MAPPED = new Set(KEYS);

/** "Unknown" is what the editor shows before anyone has chosen. */
function sdVersion(value: unknown): string | null {
  const version = text(value, 100);
  return version?.toLowerCase() === "unknown" ? null : version;
}

/**
 * Reads what people type into the metadata editor of A1111 and Forge: `NAME.json` with spaces in its
 * keys.
 *
 * @param isMerged The keys stand in a document of another kind, whose description and other fields
 *   are not the user's.
 */
export function readUserMetadata(doc: Json, isMerged: boolean): Findings {
  return {
    source: "a1111_user",
    sd_version: sdVersion(doc["sd version"]),
    activation_text: text(doc["activation text"], 5000),
    negative_text: text(doc["negative text"], 5000),
    weight: weight(doc["preferred weight"]),
    notes: text(doc.notes, 50_000),
    ...(isMerged ? {} : {
      description: text(doc.description, 200_000),
      base_model: text(doc["base model"], 100),
      civitai_model_id: id(doc.modelId),
      civitai_version_id: id(doc.modelVersionId),
      hashes: { sha256: hex(doc.sha256, 64) ?? undefined },
      rest: boundedRecord(without(doc, MAPPED)),
    }),
  };
}
