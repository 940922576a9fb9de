import { record } from "./read.ts";
import { parseNested } from "./decode.ts";

export interface Cover {
  bytes: Uint8Array;
  /** Decided by content; pictures that can hold scripts are not among them. */
  mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
}

/** Enough for any cover; more is an attack on memory. */
const MAX_BASE64_LENGTH = 28_000_000;

const MAGIC: [Cover["mediaType"], RegExp][] = [
  ["image/png", /^\x89PNG\r\n/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/gif", /^GIF8[79]a/],
];

function decode(base64: unknown): Cover | null {
  if (typeof base64 !== "string" || base64.length > MAX_BASE64_LENGTH) return null;
  const data = base64.replace(/^data:[^,]{0,100},/, "");
  try {
    const bytes = Uint8Array.fromBase64(data);
    const start = String.fromCharCode(...bytes.subarray(0, 16));
    const mediaType = MAGIC.find(([, magic]) => magic.test(start))?.[0];
    return mediaType ? { bytes, mediaType } : null;
  } catch {
    return null;
  }
}

/** Whether it is worth calling `embeddedCover()`, at the price of a look at two keys. */
export function hasEmbeddedCover(metadata: Readonly<Record<string, string>>): boolean {
  return Boolean(metadata["modelspec.thumbnail"]?.startsWith("data:image/")) ||
    (metadata.ssmd_cover_images?.length ?? 0) > 100;
}

/**
 * The picture inside a model file: `modelspec.thumbnail` is a data URL, `ssmd_cover_images` a JSON list
 * of Base64 texts. Data that is no picture counts as none.
 */
export function embeddedCover(metadata: Readonly<Record<string, string>>): Cover | null {
  const thumbnail = decode(metadata["modelspec.thumbnail"]);
  if (thumbnail) return thumbnail;
  const covers = parseNested(metadata.ssmd_cover_images);
  const list = Array.isArray(covers) ? covers : Object.values(record(covers) ?? {});
  for (const item of list.slice(0, 8)) {
    const cover = decode(item);
    if (cover) return cover;
  }
  return null;
}
