export type Rgb = [number, number, number];

const toLinear = (c: number) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const toSrgb = (c: number) => c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;

export function rgbOf(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export const hexOf = (rgb: readonly number[]): string =>
  `#${
    rgb.map((c) => Math.round(Math.min(255, Math.max(0, c))).toString(16).padStart(2, "0")).join("")
  }`;

function oklabOf(hex: string): Rgb {
  const [r, g, b] = rgbOf(hex).map((c) => toLinear(c / 255)) as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]: Rgb): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => 255 * Math.min(1, Math.max(0, toSrgb(Math.max(0, c))))) as Rgb;
}

/** A point between two colours, mixed in OKLab so that it does not turn grey on the way. */
export function mix(from: string, to: string, t: number): string {
  const [a, b] = [oklabOf(from), oklabOf(to)];
  return hexOf(fromOklab(a.map((c, i) => c + (b[i]! - c) * t) as Rgb));
}

/** A ramp through colours, looked up at 0 to 1; values outside are clamped. */
export function ramp(colors: readonly string[]): (t: number) => Rgb {
  const steps = 512;
  const labs = colors.map(oklabOf);
  const table = Array.from({ length: steps + 1 }, (_, i) => {
    const at = i / steps * (labs.length - 1);
    const index = Math.min(labs.length - 2, Math.floor(at));
    const t = at - index;
    return fromOklab(labs[index]!.map((c, k) => c + (labs[index + 1]![k]! - c) * t) as Rgb);
  });
  return (t) => table[Math.round(Math.min(1, Math.max(0, t)) * steps)]!;
}

export const lighten = (hex: string, t: number): string => mix(hex, "#ffffff", t);
export const darken = (hex: string, t: number): string => mix(hex, "#000000", t);
