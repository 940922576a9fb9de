import { openInsideSync } from "@/lib/storage/containment.ts";
import { detectFileFormat } from "./formats/file_format.ts";
import { readSafetensorsHeaderSync, type SafetensorsHeader } from "./header.ts";

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

/**
 * Reads what a model file says of itself, by calls that block.
 *
 * @param root Without links.
 * @param seen Size and time from the walk, for a file that can no longer be opened.
 */
export function readModel(
  root: string,
  relPath: string,
  seen: { size: number; mtime: number },
): ReadModel {
  const read: ReadModel = {
    format: "unknown",
    header: null,
    problem: null,
    readable: false,
    size: seen.size,
    mtime: seen.mtime,
  };
  try {
    const { file, info } = openInsideSync(root, relPath);
    using _ = file;
    read.size = info.size;
    read.mtime = info.mtime?.getTime() ?? 0;
    const start = new Uint8Array(16);
    const content = detectFileFormat(start.subarray(0, file.readSync(start) ?? 0));
    read.format = STORED_FORMATS[content];
    const isNamedSafetensors = /\.safetensors$/i.test(relPath);
    if (content === "safetensors" || isNamedSafetensors) {
      file.seekSync(0, Deno.SeekMode.Start);
      read.header = readSafetensorsHeaderSync(file, info.size);
    }
    read.readable = true;
  } catch (error) {
    read.problem = error instanceof Error ? error.message : String(error);
    // A pickle under another name is recorded and flagged; only damage makes a file unreadable.
    read.readable = read.format === "pickle" || read.format === "gguf";
  }
  return read;
}
