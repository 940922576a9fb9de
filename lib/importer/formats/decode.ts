import { storable } from "@/lib/text/storable.ts";
import { record } from "./read.ts";

function decodeWith(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16 without a mark: every other byte of mostly Latin text is zero. */
function unmarkedUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const sample = bytes.subarray(0, 512);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] === 0) at % 2 === 0 ? even++ : odd++;
  }
  if (odd > sample.length / 4 && even < odd / 4) return "utf-16le";
  if (even > sample.length / 4 && odd < even / 4) return "utf-16be";
  return null;
}

/**
 * Guesses a code page by how its bytes pair up. Common Chinese signs have two high bytes, the first
 * between B0 and D7; Russian is runs of bytes from C0 on; Western text has single high bytes between
 * ASCII letters; Japanese has its kana in 82 and 83.
 */
function legacyEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 65_536);
  let high = 0;
  let chinese = 0;
  let kana = 0;
  let cyrillic = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte < 0x80) continue;
    high++;
    const next = sample[at + 1] ?? 0;
    if ((byte === 0x82 && next >= 0x9f) || (byte === 0x83 && next >= 0x40)) kana++, at++, high++;
    else if (byte >= 0xa1 && byte <= 0xd7 && next >= 0xa1) chinese++, at++, high++;
    else if (byte >= 0xc0) cyrillic += next >= 0xc0 || (sample[at - 1] ?? 0) >= 0xc0 ? 1 : 0;
  }
  if (kana * 2 > high * 0.3 && decodeWith("shift_jis", bytes) !== null) return "shift_jis";
  if (chinese * 2 > high * 0.6 && decodeWith("gb18030", bytes) !== null) return "gb18030";
  return cyrillic > high * 0.6 ? "windows-1251" : "windows-1252";
}

/**
 * Reads a text file of unknown encoding; never throws. Sidecars are UTF-8 as a rule, but some tools
 * write them in whatever code page their Windows has.
 */
export function decodeSidecar(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const utf16 = unmarkedUtf16(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  return decodeWith("utf-8", bytes) ?? new TextDecoder(legacyEncoding(bytes)).decode(bytes);
}

const CONTROL: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Makes JSON of what Python and careless tools write: NaN, Infinity, raw line breaks inside strings. */
function repaired(json: string): string {
  return json.replace(
    /"(?:[^"\\]|\\[^])*"|\bNaN\b|-?\bInfinity\b/g,
    (part) =>
      part.startsWith('"')
        // deno-lint-ignore no-control-regex -- exactly the characters that JSON strings must escape
        ? part.replace(/[\0-\x1f]/g, (sign) => CONTROL[sign] ?? "")
        : "null",
  );
}

/**
 * @returns The parsed document, or a record with `reason` if there is none.
 */
export function parseSidecarJson(json: string): { value: unknown } | { reason: string } {
  const trimmed = json.replaceAll("\0", "").trim();
  if (!trimmed) return { reason: "file is empty" };
  try {
    return { value: JSON.parse(trimmed) };
  } catch (first) {
    try {
      return { value: JSON.parse(repaired(trimmed)) };
    } catch {
      // The message quotes the text and may cut it inside a character.
      return { reason: storable(`not valid JSON: ${(first as SyntaxError).message}`) };
    }
  }
}

/** JSON inside a string, as safetensors metadata and some tools keep it; the value itself if it is none. */
export function parseNested(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const parsed = parseSidecarJson(value);
  return "value" in parsed ? parsed.value : null;
}

/** A record that may be written as JSON inside a string. */
export function nestedRecord(value: unknown): Record<string, unknown> | null {
  return record(parseNested(value));
}
