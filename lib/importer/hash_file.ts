import { createHash } from "node:crypto";
import { openInsideSync } from "@/lib/storage/containment.ts";
import { MAX_HEADER_BYTES } from "./formats/file_format.ts";

export interface FileHashes {
  /** 64 lower-case hex digits, of the whole file. */
  sha256: string;
  /** First 8 digits for the 64 KiB that start at 1 MiB; of nothing when the file is shorter. */
  autov1: string;
  /** First 10 digits of `sha256`. */
  autov2: string;
  /** First 12 digits for what follows a safetensors header; absent for other formats. */
  autov3?: string;
  sizeBytes: number;
  /** Milliseconds since 1970, as the file had it when it was opened. */
  mtime: number;
}

/** A fifth of what the event loop may be held up for, even on a slow disk, when this runs in the main thread. */
const CHUNK_BYTES = 1 << 20;
const AUTOV1_START = 0x100000;
const AUTOV1_END = AUTOV1_START + 0x10000;

/** Where the tensors start, or null if the file does not begin like safetensors. */
function tensorStart(first: Uint8Array, sizeBytes: number): number | null {
  if (first.length < 9 || first[8] !== 0x7b) return null;
  const length = new DataView(first.buffer, first.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, sizeBytes - 8))) return null;
  return 8 + Number(length);
}

/**
 * Hashes a file by calls that block, a chunk for each step.
 *
 * @param relPath Below `root`.
 * @yields Bytes read so far.
 * @throws {Invalid} If the path leads outside the root.
 * @throws {Error} If the file changes while it is read: hashes of a mixture would be believed for ever.
 */
export function* hashFile(root: string, relPath: string): Generator<number, FileHashes> {
  const { file, info } = openInsideSync(Deno.realPathSync(root), relPath);
  using _ = file;
  const whole = createHash("sha256");
  const autov1 = createHash("sha256");
  const tensors = createHash("sha256");
  const buffer = new Uint8Array(CHUNK_BYTES);
  let start: number | null = null;
  let done = 0;
  for (;;) {
    const count = file.readSync(buffer);
    if (count === null) break;
    const chunk = buffer.subarray(0, count);
    if (done === 0) start = tensorStart(chunk, info.size);
    whole.update(chunk);
    const end = done + count;
    if (end > AUTOV1_START && done < AUTOV1_END) {
      autov1.update(chunk.subarray(Math.max(0, AUTOV1_START - done), AUTOV1_END - done));
    }
    if (start !== null && end > start) tensors.update(chunk.subarray(Math.max(0, start - done)));
    done = end;
    yield done;
  }
  const after = file.statSync();
  if (done !== info.size || after.mtime?.getTime() !== info.mtime?.getTime()) {
    throw new Error("The file changed while it was read");
  }
  const sha256 = whole.digest("hex");
  return {
    sha256,
    autov1: autov1.digest("hex").slice(0, 8),
    autov2: sha256.slice(0, 10),
    ...(start === null ? {} : { autov3: tensors.digest("hex").slice(0, 12) }),
    sizeBytes: done,
    mtime: info.mtime?.getTime() ?? 0,
  };
}
