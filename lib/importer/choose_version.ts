import type { VersionChoice } from "./facts.ts";
import { hex, id, type Json, number, record, records, text } from "./formats/read.ts";

/** What is known about the file that a Civitai document lies beside. */
export interface FileEvidence {
  /** Null when the model file is missing. */
  fileName: string | null;
  stem: string;
  sizeBytes: number | null;
  /** Lower-case hex by kind: from the file, its header, or a tool that hashed it. */
  hashes: Record<HashKind, ReadonlySet<string>>;
  /** Versions that another sidecar says the file is: tools look them up by hash. */
  versionIds: ReadonlySet<number>;
}

export type HashKind = "sha256" | "autov3" | "autov2" | "crc32" | "blake3" | "autov1";

export interface ChosenVersion {
  version: Json;
  /** Null if the version lists no file. */
  file: Json | null;
  choice: VersionChoice;
  /** The file listed is this very file, so its hashes may be taken over. */
  isSameFile: boolean;
}

/** Kinds from the strongest to the weakest, with Civitai's spelling and the length in hex digits. */
const HASH_KINDS: [HashKind, string, number][] = [
  ["sha256", "SHA256", 64],
  ["autov3", "AutoV3", 12],
  ["autov2", "AutoV2", 10],
  ["crc32", "CRC32", 8],
  ["blake3", "BLAKE3", 64],
  ["autov1", "AutoV1", 8],
];

/** The hashes that Civitai lists for a file, valid ones only. */
export function fileHashes(file: Json | null): Partial<Record<HashKind, string>> {
  const listed = record(file?.hashes) ?? {};
  const found: Partial<Record<HashKind, string>> = {};
  for (const [kind, name, length] of HASH_KINDS) {
    const value = hex(listed[name], length, kind === "autov3" ? 64 : length);
    if (value) found[kind] = kind === "autov3" ? value.slice(0, 12) : value;
  }
  return found;
}

/** Files that come with a model and are none: their names and hashes never stand for it. */
const AUXILIARY = new Set(
  ["training data", "vae", "config", "text encoder", "archive", "negative", "workflow"],
);

function isModelFile(file: Json): boolean {
  const type = text(file.type, 50)?.toLowerCase();
  return type === undefined || !AUXILIARY.has(type);
}

/** Which of several model files people download: the primary one, and safetensors rather than pickles. */
function preference(file: Json): number {
  const format = text(record(file.metadata)?.format, 50)?.toLowerCase();
  const isSafe = format === "safetensor" || /\.safetensors$/i.test(text(file.name, 500) ?? "");
  return (file.primary === true ? 4 : 0) + (isSafe ? 2 : 0) + (file.type === "Model" ? 1 : 0);
}

interface Candidate {
  version: Json;
  file: Json;
}

/** The best of several; the first one on a tie, since Civitai lists the newest version first. */
function best(candidates: Candidate[], evidence: FileEvidence): Candidate | undefined {
  const score = ({ version, file }: Candidate) =>
    (hasSameSize(file, evidence) ? 16 : 0) +
    (evidence.versionIds.has(id(version.id) ?? 0) ? 8 : 0) +
    preference(file);
  return candidates.toSorted((a, b) => score(b) - score(a))[0];
}

/** Civitai keeps sizes as bytes / 1024 with all digits, so equal means equal to the byte. */
function hasSameSize(file: Json, { sizeBytes }: FileEvidence): boolean {
  const sizeKb = number(file.sizeKB);
  return sizeBytes !== null && sizeKb !== null && Math.abs(sizeKb * 1024 - sizeBytes) < 1;
}

const withoutExtension = (name: string) =>
  name.replace(/\.(?:safetensors|pt|ckpt|bin|pth|gguf|zip|yaml)$/i, "");

/** Letters and digits only: Civitai, SD.Next and browsers all replace other signs, each in its own way. */
function fold(name: string): string {
  return name.normalize("NFKC").replace(/ ?\(\d+\)$/, "").toLowerCase().replace(
    /[^\p{L}\p{N}]+/gu,
    "",
  );
}

function byName(candidates: Candidate[], modelName: string | null, evidence: FileEvidence) {
  const stem = evidence.stem.toLowerCase();
  const fullName = evidence.fileName?.toLowerCase();
  const nameOf = ({ file }: Candidate) => text(file.name, 500) ?? "";
  const sameFile = candidates.filter((it) => nameOf(it).toLowerCase() === fullName);
  if (sameFile.length) return sameFile;
  const sameStem = candidates.filter((it) => withoutExtension(nameOf(it)).toLowerCase() === stem);
  if (sameStem.length) return sameStem;
  const folded = fold(evidence.stem);
  if (!folded) return [];
  const sameFold = candidates.filter((it) => fold(withoutExtension(nameOf(it))) === folded);
  if (sameFold.length) return sameFold;
  // Civitai renames downloads of some types to the model's name and the version's.
  return candidates.filter(({ version }) =>
    fold(`${modelName ?? ""}${text(version.name, 300) ?? ""}`) === folded
  );
}

function byHash(candidates: Candidate[], { hashes }: FileEvidence): Candidate[] {
  const listed = candidates.map((it) => ({ it, hashes: fileHashes(it.file) }));
  for (const [kind] of HASH_KINDS) {
    const known = hashes[kind];
    if (known.size === 0) continue;
    const same = listed.filter((entry) => known.has(entry.hashes[kind] ?? ""));
    if (same.length) return same.map(({ it }) => it);
  }
  return [];
}

/** The listed file is certainly another one: both hashes are known and differ. */
function contradicts(file: Json, { hashes }: FileEvidence): boolean {
  const sha256 = fileHashes(file).sha256;
  return sha256 !== undefined && hashes.sha256.size > 0 && !hashes.sha256.has(sha256);
}

/** Whether the listed file may stand for the one on disk, hashes included. */
function isSameFile(file: Json, isOnlyOne: boolean, evidence: FileEvidence): boolean {
  if (contradicts(file, evidence)) return false;
  const isMeasurable = evidence.sizeBytes !== null && number(file.sizeKB) !== null;
  return isMeasurable ? hasSameSize(file, evidence) : isOnlyOne;
}

/**
 * Finds the version a file is, in a document that describes the whole model: by hash, by what a tool
 * looked up by hash, by file name, and only then the first. Among equals the size to the byte decides,
 * then Civitai's own order. Versions without model files are passed over while another has some.
 *
 * @returns Null if the document has no version at all.
 */
export function chooseVersion(
  versions: readonly Json[],
  modelName: string | null,
  evidence: FileEvidence,
): ChosenVersion | null {
  const all = versions.flatMap((version) =>
    records(version.files).map((file) => ({ version, file }))
  );
  const hashed = best(byHash(all, evidence), evidence);
  if (hashed) return { ...hashed, choice: "hash", isSameFile: true };

  const models = all.filter(({ file }) => isModelFile(file));
  const lookedUp = models.filter(({ version, file }) =>
    evidence.versionIds.has(id(version.id) ?? 0) && !contradicts(file, evidence)
  );
  const named = byName(lookedUp.length ? lookedUp : models, modelName, evidence);
  const likely = named.length ? named : lookedUp;
  const found = best(likely, evidence);
  if (found) {
    const choice = lookedUp.length ? "hash" : "file_name";
    return { ...found, choice, isSameFile: isSameFile(found.file, likely.length === 1, evidence) };
  }
  const sameSize = models.filter(({ file }) => hasSameSize(file, evidence));
  const usable = sameSize.length === 1 ? sameSize[0] : models[0] ?? all[0];
  const version = usable?.version ?? versions[0];
  if (!version) return null;
  const files = models.filter((it) => it.version === version);
  const file = best(files, evidence)?.file ?? usable?.file ?? null;
  return { version, file, choice: "first", isSameFile: false };
}
