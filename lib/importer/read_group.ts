import { openInsideSync } from "@/lib/storage/containment.ts";
import type { DescribeInput, Problem } from "./facts.ts";
import { detectFileFormat } from "./formats/file_format.ts";
import type { FileGroup } from "./group.ts";
import { readSafetensorsHeaderSync, type SafetensorsHeader } from "./header.ts";

/** Real sidecars reach 451 KB; one that lists every image of a popular model a few MB. */
const MAX_SIDECAR_BYTES = 16 * 1024 * 1024;

/** Stored in `adapter.file_format`. PyTorch's ZIP files hold a pickle, so both can run code when loaded. */
const STORED_FORMATS = {
  safetensors: "safetensors",
  pickle: "pickle",
  zip: "pickle",
  gguf: "gguf",
  unknown: "unknown",
} as const;

export interface ReadModel {
  format: "safetensors" | "pickle" | "gguf" | "unknown";
  header: SafetensorsHeader | null;
  /** Why the file cannot be used as it is, else null. */
  problem: string | null;
  /** False if it cannot be opened or is not what its name says. */
  readable: boolean;
  size: number;
  /** Milliseconds since 1970. */
  mtime: number;
}

export interface ReadGroup {
  model: ReadModel | null;
  sidecars: DescribeInput["sidecars"];
  problems: Problem[];
}

const messageOf = (error: unknown) => error instanceof Error ? error.message : String(error);

const at = (dir: string, name: string) => dir ? `${dir}/${name}` : name;

function readModel(root: string, group: FileGroup): ReadModel | null {
  const { model } = group;
  if (!model) return null;
  const read: ReadModel = {
    format: "unknown",
    header: null,
    problem: null,
    readable: false,
    size: model.size,
    mtime: model.mtime,
  };
  try {
    const { file, info } = openInsideSync(root, at(group.dir, model.name));
    using _ = file;
    read.size = info.size;
    read.mtime = info.mtime?.getTime() ?? 0;
    const start = new Uint8Array(16);
    const content = detectFileFormat(start.subarray(0, file.readSync(start) ?? 0));
    read.format = STORED_FORMATS[content];
    const isNamedSafetensors = /\.safetensors$/i.test(model.name);
    if (content === "safetensors" || isNamedSafetensors) {
      file.seekSync(0, Deno.SeekMode.Start);
      read.header = readSafetensorsHeaderSync(file, info.size);
    }
    read.readable = true;
  } catch (error) {
    read.problem = messageOf(error);
    // A pickle under another name is recorded and flagged; only damage makes a file unreadable.
    read.readable = read.format === "pickle" || read.format === "gguf";
  }
  return read;
}

function readSidecar(root: string, path: string): Uint8Array {
  const { file, info } = openInsideSync(root, path);
  using _ = file;
  if (info.size > MAX_SIDECAR_BYTES) {
    throw new RangeError(`It is ${info.size} bytes, the most that is read is ${MAX_SIDECAR_BYTES}`);
  }
  const bytes = new Uint8Array(info.size);
  let filled = 0;
  while (filled < bytes.length) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/**
 * Reads what a group's files say, by calls that block; each failure is a problem and the rest goes on.
 *
 * @param realRoot Without links.
 */
export function readGroup(realRoot: string, group: FileGroup): ReadGroup {
  const problems: Problem[] = [];
  const sidecars: ReadGroup["sidecars"] = [];
  for (const { name } of group.sidecars) {
    try {
      sidecars.push({ fileName: name, bytes: readSidecar(realRoot, at(group.dir, name)) });
    } catch (error) {
      problems.push({ file: name, reason: messageOf(error) });
    }
  }
  const model = readModel(realRoot, group);
  if (model?.problem) problems.push({ file: group.model!.name, reason: model.problem });
  return { model, sidecars, problems };
}
