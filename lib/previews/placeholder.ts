import { createHash } from "node:crypto";

/** Part of the address of stored placeholders: raised when they look different. */
export const PLACEHOLDER_VERSION = 1;

/** Portrait like most previews. */
export const PLACEHOLDER_RATIO = 1.25;

/** Up to two letters that a name is recognised by; marks and brackets are skipped. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0]!);
  return letters.join("").toLocaleUpperCase("en");
}

const escapeXml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * A calm picture for an adapter that has none: the same for the same name, and different enough from its neighbours to be
 * found again by eye.
 *
 * @param width In pixels.
 * @param kind A film gets a triangle: its frames are never decoded.
 */
export function placeholderSvg(name: string, width: number, kind: "image" | "video"): string {
  const height = Math.round(width * PLACEHOLDER_RATIO);
  const digest = createHash("sha256").update(name).digest();
  const hue = Math.round(digest[0]! * 360 / 256);
  const second = (hue + 40 + digest[1]! % 60) % 360;
  const angle = digest[2]! % 90;
  const glow = { x: 20 + digest[3]! % 60, y: 10 + digest[4]! % 50 };
  const mark = kind === "video"
    ? `<path d="M42 ${
      50 * PLACEHOLDER_RATIO - 12
    } l20 12 l-20 12 z" fill="#fff" fill-opacity=".9"/>`
    : `<text x="50" y="${50 * PLACEHOLDER_RATIO}" dy=".36em" text-anchor="middle"
        font-family="Inter, 'DejaVu Sans', 'Noto Sans CJK JP', sans-serif" font-size="30"
        font-weight="600" letter-spacing="-.5" fill="#fff" fill-opacity=".92">${
      escapeXml(initialsOf(name))
    }</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"
  viewBox="0 0 100 ${100 * PLACEHOLDER_RATIO}" preserveAspectRatio="xMidYMid slice">
  <defs>
    <linearGradient id="base" gradientTransform="rotate(${angle} .5 .5)">
      <stop offset="0" stop-color="hsl(${hue} 45% 34%)"/>
      <stop offset="1" stop-color="hsl(${second} 50% 22%)"/>
    </linearGradient>
    <radialGradient id="glow" cx="${glow.x}%" cy="${glow.y}%" r="75%">
      <stop offset="0" stop-color="hsl(${second} 70% 62%)" stop-opacity=".55"/>
      <stop offset="1" stop-color="hsl(${second} 70% 62%)" stop-opacity="0"/>
    </radialGradient>
  </defs>
  <rect width="100" height="${100 * PLACEHOLDER_RATIO}" fill="url(#base)"/>
  <rect width="100" height="${100 * PLACEHOLDER_RATIO}" fill="url(#glow)"/>
  ${mark}
</svg>`;
}
