export type FileFormat = "safetensors" | "pickle" | "zip" | "gguf" | "unknown";

/** The most that the format allows: a longer length prefix is damage or an attack on memory. */
export const MAX_HEADER_BYTES = 100_000_000;

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

function looksLikeSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || bytes[8] !== 0x7b) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return length >= 2n && length <= BigInt(MAX_HEADER_BYTES);
}

/**
 * Decides by content, because a pickle keeps running code when it is renamed to `.safetensors`.
 * New PyTorch files are a pickle inside a ZIP, so both are unsafe to load.
 *
 * @param bytes The first bytes of the file; nine are enough.
 */
export function detectFileFormat(bytes: Uint8Array): FileFormat {
  if (looksLikeSafetensors(bytes)) return "safetensors";
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (startsWith(bytes, 0x47, 0x47, 0x55, 0x46)) return "gguf";
  const protocol = bytes[1];
  if (bytes[0] === 0x80 && protocol !== undefined && protocol >= 1 && protocol <= 5) {
    return "pickle";
  }
  return "unknown";
}

/** What a file that should be safetensors turns out to be, for people to read. */
export function nameContent(bytes: Uint8Array): string | null {
  const format = detectFileFormat(bytes);
  if (format === "pickle") return "a Python pickle, which can run code when it is loaded";
  if (format === "zip") return "a ZIP archive, as PyTorch writes pickles, which can run code";
  if (format === "gguf") return "a GGUF model";
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  if (start.startsWith("<!doctype") || start.startsWith("<html")) {
    return "a web page, probably the sign-in page of a failed download";
  }
  if (start.startsWith("version https://git-lfs")) return "a Git LFS pointer, not the model itself";
  return null;
}
