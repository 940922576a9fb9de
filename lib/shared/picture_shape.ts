const STEP = Math.log(1.07);
const MIDDLE = 10;
const LAST = 22;

/**
 * The class number (0..22) of a picture's shape: ratios 1.07^(n-10), so 0.51 to 2.25. At most 3.5 % of a picture is
 * cropped to fit its class. Unknown sizes are 2:3, what most previews are.
 */
export function shapeOf(width: number, height: number): number {
  if (!(width > 0 && height > 0)) return 4;
  const step = Math.round(Math.log(width / height) / STEP) + MIDDLE;
  return Math.min(LAST, Math.max(0, step));
}

/** Width over height of a shape class; `assets/ratios.css` holds the same numbers. */
export const ratioOfShape = (shape: number): number =>
  Number((1.07 ** (shape - MIDDLE)).toFixed(4));

/**
 * The class number (0..63, two bits a channel) of a thumbhash's mean colour, read from its first bytes without
 * decoding the rest; 21, a dark grey, for null or what is no thumbhash.
 *
 * @see https://evanw.github.io/thumbhash/
 */
export function tintOf(thumbhash: string | null): number {
  if (thumbhash === null || thumbhash.length < 4) return 21;
  let bytes: string;
  try {
    bytes = atob(thumbhash.slice(0, 4));
  } catch {
    return 21;
  }
  const header = bytes.charCodeAt(0) | bytes.charCodeAt(1) << 8 | bytes.charCodeAt(2) << 16;
  const l = (header & 63) / 63;
  const p = ((header >> 6) & 63) / 31.5 - 1;
  const q = ((header >> 12) & 63) / 31.5 - 1;
  const blue = l - 2 / 3 * p;
  const red = (3 * l - blue + q) / 2;
  return quantise(red) << 4 | quantise(red - q) << 2 | quantise(blue);
}

const quantise = (channel: number): number => Math.min(3, Math.max(0, Math.floor(channel * 4)));
