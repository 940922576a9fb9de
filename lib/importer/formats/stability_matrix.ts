import { boundedRecord } from "./civitai_fields.ts";
import type { Findings } from "./findings.ts";
import { bool, hex, id, type Json, record, text, textList, webUrl, without } from "./read.ts";

const MAPPED = new Set(
  ("ModelId ModelName ModelDescription Nsfw Tags VersionId VersionName AuthorUsername BaseModel " +
    "RemoteFileName Hashes TrainedWords Stats UserTitle").split(" "),
);

/** Reads `NAME.cm-info.json` of StabilityMatrix, whose keys are in PascalCase. */
export function readStabilityMatrix(doc: Json): Findings {
  const hashes = record(doc.Hashes) ?? {};
  const sha256 = hex(hashes.SHA256, 64) ?? undefined;
  return {
    source: "stability_matrix",
    name: text(doc.UserTitle, 300) ?? text(doc.ModelName, 300) ?? undefined,
    version: text(doc.VersionName, 200) ?? undefined,
    description: text(doc.ModelDescription, 200_000) ?? text(doc.VersionDescription, 200_000),
    author_username: text(doc.AuthorUsername, 200),
    tags: textList(doc.Tags),
    trained_words: textList(doc.TrainedWords),
    base_model: text(doc.BaseModel, 100),
    nsfw_level: bool(doc.Nsfw) ? 8 : undefined,
    stats: record(doc.Stats) ?? undefined,
    civitai_model_id: id(doc.ModelId),
    civitai_version_id: id(doc.VersionId),
    primary_file_name: text(doc.RemoteFileName, 500),
    primary_file_sha256: sha256,
    primary_file_download_url: webUrl(doc.DownloadUrl),
    hashes: {
      sha256,
      crc32: hex(hashes.CRC32, 8) ?? undefined,
      blake3: hex(hashes.BLAKE3, 64) ?? undefined,
    },
    rest: boundedRecord(without(doc, MAPPED)),
  };
}
