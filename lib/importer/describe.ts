import type { Hashes } from "@/lib/db/schema.ts";
import type { FileEvidence, HashKind } from "./choose_version.ts";
import type { AdapterFacts, DescribeInput, Problem, SidecarKind, VersionChoice } from "./facts.ts";
import { readUserMetadata } from "./formats/a1111_user.ts";
import { readCivitaiModel } from "./formats/civitai_model.ts";
import { readCivitaiVersion } from "./formats/civitai_version.ts";
import { decodeSidecar, parseSidecarJson } from "./formats/decode.ts";
import { detectSidecar, hasUserKeys } from "./formats/detect.ts";
import { sidecarStem } from "./formats/file_names.ts";
import type { Findings } from "./formats/findings.ts";
import { headerHashes, readHeader } from "./formats/header_facts.ts";
import { readLoraManager } from "./formats/lora_manager.ts";
import { hex, id, type Json, record } from "./formats/read.ts";
import { readRgthree } from "./formats/rgthree.ts";
import { readStabilityMatrix } from "./formats/stability_matrix.ts";
import { readSwarm } from "./formats/swarm.ts";
import { readTextFile } from "./formats/text_file.ts";
import { mergeFindings } from "./merge_findings.ts";

export type { AdapterFacts, DescribeInput, Problem } from "./facts.ts";

/** The largest real document has 0.45 MB. */
const MAX_SIDECAR_BYTES = 16_777_216;

interface Document {
  kind: Exclude<SidecarKind, "text">;
  doc: Json;
}

interface Reading {
  findings: Findings[];
  choice: VersionChoice;
}

/** Opens a sidecar: text as findings, JSON as a document of known kind. */
function open(fileName: string, bytes: Uint8Array): Document | Findings | { reason: string } {
  if (bytes.length > MAX_SIDECAR_BYTES) {
    return { reason: `file is ${bytes.length} bytes, maximum is ${MAX_SIDECAR_BYTES}` };
  }
  if (sidecarStem(fileName)?.kindHint === "text") return readTextFile(bytes);
  const parsed = parseSidecarJson(decodeSidecar(bytes));
  if ("reason" in parsed) return parsed;
  const kind = detectSidecar(fileName, parsed.value);
  return kind && kind !== "text"
    ? { kind, doc: parsed.value as Json }
    : { reason: "not a sidecar" };
}

function ownHashes({ model }: DescribeInput): Hashes {
  const own: Hashes = {};
  const { sha256, autov1, autov2, autov3 } = model?.hashes ?? {};
  const valid: [keyof Hashes, string | null][] = [
    ["sha256", hex(sha256, 64)],
    ["autov1", hex(autov1, 8)],
    ["autov2", hex(autov2, 10)],
    ["autov3", hex(autov3, 12, 64)?.slice(0, 12) ?? null],
  ];
  for (const [kind, value] of valid) if (value) own[kind] = value;
  return own;
}

/** Hashes and version ids that tools have written down after looking at this file. */
function recorded({ kind, doc }: Document): Partial<Record<HashKind, string | null>> & {
  versionId: number | null;
} {
  switch (kind) {
    case "lora_manager":
      return {
        sha256: hex(doc.sha256, 64),
        autov3: hex(doc.autov3, 12),
        versionId: id(record(doc.civitai)?.id),
      };
    case "stability_matrix": {
      const listed = record(doc.Hashes);
      return {
        sha256: hex(listed?.SHA256, 64),
        crc32: hex(listed?.CRC32, 8),
        blake3: hex(listed?.BLAKE3, 64),
        versionId: id(doc.VersionId),
      };
    }
    case "rgthree":
      return {
        sha256: hex(doc.sha256, 64),
        versionId: id(record(record(doc.raw)?.civitai)?.id),
      };
    case "civitai_version":
      return { versionId: id(doc.id) };
    default:
      return { sha256: hex(doc.sha256, 64), versionId: id(doc.modelVersionId) };
  }
}

function evidenceOf(input: DescribeInput, own: Hashes, documents: Document[]): FileEvidence {
  const hashes = {
    sha256: new Set<string>(),
    autov3: new Set<string>(),
    autov2: new Set<string>(),
    crc32: new Set<string>(),
    blake3: new Set<string>(),
    autov1: new Set<string>(),
  };
  const versionIds = new Set<number>();
  const add = (kind: HashKind, value: string | null | undefined) => {
    if (value) hashes[kind].add(value);
  };
  for (const kind of ["sha256", "autov3", "autov2", "autov1"] as const) add(kind, own[kind]);
  add("autov3", headerHashes(input.model?.header?.metadata ?? {}).autov3);
  for (const document of documents) {
    const { versionId, sha256, ...others } = recorded(document);
    if (versionId) versionIds.add(versionId);
    // A tool's note about a file that has since been replaced.
    if (own.sha256 && sha256 && sha256 !== own.sha256) continue;
    add("sha256", sha256);
    for (const kind of ["autov3", "crc32", "blake3"] as const) add(kind, others[kind]);
  }
  for (const sha256 of hashes.sha256) hashes.autov2.add(sha256.slice(0, 10));
  return {
    fileName: input.model?.fileName ?? null,
    stem: input.stem,
    sizeBytes: input.model?.sizeBytes ?? null,
    hashes,
    versionIds,
  };
}

function read({ kind, doc }: Document, evidence: FileEvidence): Reading {
  const one = ({ findings, choice }: { findings: Findings; choice: VersionChoice }): Reading => ({
    findings: hasUserKeys(doc) ? [findings, readUserMetadata(doc, true)] : [findings],
    choice,
  });
  switch (kind) {
    case "civitai_model":
      return one(readCivitaiModel(doc, evidence));
    case "civitai_version":
      return one(readCivitaiVersion(doc, evidence));
    case "lora_manager":
      return one(readLoraManager(doc, evidence));
    case "rgthree":
      return one(readRgthree(doc, evidence));
    case "stability_matrix":
      return one({
        findings: readStabilityMatrix(doc),
        choice: id(doc.VersionId) === null ? "none" : "hash",
      });
    case "swarm":
      return one({ findings: readSwarm(doc), choice: "none" });
    case "a1111_user":
      return { findings: [readUserMetadata(doc, false)], choice: "none" };
  }
}

const CHOICES: VersionChoice[] = ["hash", "file_name", "first", "none"];

/**
 * Says what the sidecars and the header tell about one adapter. Pure, so that it can run in a Worker;
 * a sidecar that cannot be used becomes a problem and stops nothing.
 */
export function describeAdapter(input: DescribeInput): AdapterFacts {
  const problems: Problem[] = [];
  const findings: Findings[] = [];
  const documents: (Document & { fileName: string })[] = [];
  const attempt = (file: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      problems.push({ file, reason: error instanceof Error ? error.message : String(error) });
    }
  };
  for (const { fileName, bytes } of input.sidecars) {
    attempt(fileName, () => {
      const opened = open(fileName, bytes);
      if ("reason" in opened) problems.push({ file: fileName, reason: opened.reason });
      else if ("doc" in opened) documents.push({ ...opened, fileName });
      else findings.push(opened);
    });
  }
  const own = ownHashes(input);
  const evidence = evidenceOf(input, own, documents);
  let choice: VersionChoice = "none";
  for (const document of documents) {
    attempt(document.fileName, () => {
      const reading = read(document, evidence);
      findings.push(...reading.findings);
      choice = CHOICES[Math.min(CHOICES.indexOf(choice), CHOICES.indexOf(reading.choice))]!;
    });
  }
  const { model } = input;
  let training: Json = {};
  if (model?.header) {
    const { header } = model;
    attempt(model.fileName, () => {
      const told = readHeader(header);
      training = told.training;
      findings.push(told.findings);
    });
    problems.push(...header.warnings.map((reason) => ({ file: model.fileName, reason })));
  }
  return {
    ...mergeFindings(findings, { stem: input.stem, hashes: own, choice, training }),
    problems,
  };
}
