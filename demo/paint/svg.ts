export type Point = readonly [number, number];

const n = (value: number) => String(Math.round(value * 100) / 100);

/** Straight lines through points. */
export const polyline = (points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${n(x)} ${n(y)}`).join("");

/** A smooth curve through points (Catmull-Rom). */
export function curve(points: readonly Point[], closed = false): string {
  const count = points.length;
  const at = (i: number): Point =>
    closed ? points[(i + count) % count]! : points[Math.min(count - 1, Math.max(0, i))]!;
  let path = `M${n(at(0)[0])} ${n(at(0)[1])}`;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path += `C${n(p1[0] + (p2[0] - p0[0]) / 6)} ${n(p1[1] + (p2[1] - p0[1]) / 6)} ${
      n(p2[0] - (p3[0] - p1[0]) / 6)
    } ${n(p2[1] - (p3[1] - p1[1]) / 6)} ${n(p2[0])} ${n(p2[1])}`;
  }
  return closed ? `${path}Z` : path;
}

export const path = (d: string, attributes: string): string => `<path d="${d}" ${attributes}/>`;
export const circle = (x: number, y: number, r: number, attributes: string): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" ${attributes}/>`;
export const rect = (x: number, y: number, w: number, h: number, attributes: string): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" ${attributes}/>`;

/** Stops: [offset 0 to 1, colour, opacity]. */
export type Stop = readonly [number, string, number?];

const stops = (list: readonly Stop[]) =>
  list.map(([at, color, opacity = 1]) =>
    `<stop offset="${n(at)}" stop-color="${color}" stop-opacity="${opacity}"/>`
  ).join("");

/** From top to bottom of what it fills, or along the given direction in fractions of it. */
export const linear = (
  id: string,
  list: readonly Stop[],
  [x1, y1, x2, y2]: readonly [number, number, number, number] = [0, 0, 0, 1],
): string =>
  `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${
    stops(list)
  }</linearGradient>`;

export const radial = (id: string, list: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): string =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops(list)}</radialGradient>`;

/** Evenly spaced stops. */
export const even = (colors: readonly string[]): Stop[] =>
  colors.map((color, i) => [i / Math.max(1, colors.length - 1), color]);

export const blur = (id: string, deviation: number): string =>
  `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;

export const shadow = (id: string, dy: number, deviation: number, opacity: number): string =>
  `<filter id="${id}" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="0" dy="${dy}" stdDeviation="${deviation}" flood-color="#000" flood-opacity="${opacity}"/></filter>`;

export const group = (content: string | string[], attributes = ""): string =>
  `<g ${attributes}>${Array.isArray(content) ? content.join("") : content}</g>`;
