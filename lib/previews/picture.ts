import { createHash } from "node:crypto";
import sharp, { type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";

/** 100 megapixels: more than any camera's picture, and a bound on what a few forged bytes can make the decoder allocate. */
const MAX_PIXELS = 1e8;
const TIMEOUT_S = 10;
/** Thumbhash works on at most 100 × 100. */
const HASHED_SIDE = 100;

// One picture keeps one core: the server has other things to do, and several pictures go in parallel anyway.
sharp.concurrency(1);
sharp.cache(false);

const OPTIONS = { limitInputPixels: MAX_PIXELS, failOn: "truncated", pages: 1 } as const;

const at = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end));

/**
 * The media type by content, of the kinds that are decoded. SVG is none of them whatever its name says: it is a program
 * for a renderer, not a picture.
 */
export function pictureType(bytes: Uint8Array): string | null {
  const start = at(bytes, 0, 4);
  if (start === "\x89PNG") return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start === "RIFF" && at(bytes, 8, 12) === "WEBP") return "image/webp";
  if (start === "GIF8") return "image/gif";
  if (start === "II*\0" || start === "MM\0*") return "image/tiff";
  if (at(bytes, 4, 8) === "ftyp" && /^avi[fs]/.test(at(bytes, 8, 12))) return "image/avif";
  return null;
}

function open(bytes: Uint8Array): Sharp {
  if (pictureType(bytes) === null) {
    throw new SyntaxError(
      "Cannot read the picture: it is none of PNG, JPEG, WebP, GIF, TIFF, AVIF",
    );
  }
  return sharp(bytes, OPTIONS).autoOrient().timeout({ seconds: TIMEOUT_S });
}

export interface PictureFacts {
  /** SHA-256 of the bytes. */
  hash: string;
  /** As shown, after the camera's orientation is applied. */
  width: number;
  height: number;
  /** Base64. */
  thumbhash: string;
}

/**
 * What a page needs to know of a picture before it loads. Animations are told by their first frame.
 *
 * @throws {Error} If it cannot be decoded, is too large or takes too long.
 */
export async function measurePicture(bytes: Uint8Array): Promise<PictureFacts> {
  const { autoOrient } = await open(bytes).metadata();
  const { data, info } = await open(bytes)
    .resize(HASHED_SIDE, HASHED_SIDE, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    hash: createHash("sha256").update(bytes).digest("hex"),
    width: autoOrient.width,
    height: autoOrient.height,
    thumbhash: rgbaToThumbHash(info.width, info.height, data).toBase64(),
  };
}

/**
 * @param width Of the result, unless the picture is narrower.
 * @returns WebP without the original's metadata: a camera's place, a generator's prompt.
 * @throws {Error} As `measurePicture`.
 */
export async function makeThumbnail(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  return await open(bytes).resize({ width, withoutEnlargement: true })
    .webp({ quality: 82, effort: 3 }).toBuffer();
}

/** @param svg Made here, never a file of the library. */
export async function renderSvg(svg: string): Promise<Uint8Array> {
  return await sharp(new TextEncoder().encode(svg), OPTIONS).webp({ quality: 90 }).toBuffer();
}
