import { ramp, type Rgb, rgbOf } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";

const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

/** A lake at dusk at the size of an old game, with ordered dithering. Palette: sky from top to horizon (5), then land, ink, light. */
export const pixelArt: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const wide = 128, high = Math.round(wide * h / w);
  const sky = scene.palette.slice(0, 5).map(rgbOf),
    [land, ink, light] = scene.palette.slice(5).map(rgbOf) as [Rgb, Rgb, Rgb];
  const grid: Rgb[][] = Array.from({ length: high }, () => Array.from({ length: wide }, () => ink));
  const horizon = Math.round(high * 0.62);
  const put = (x: number, y: number, color: Rgb) => {
    if (x >= 0 && x < wide && y >= 0 && y < high) grid[Math.round(y)]![Math.round(x)] = color;
  };
  const dithered = (t: number, x: number, y: number): Rgb => {
    const at = Math.max(0, Math.min(0.999, t)) * (sky.length - 1);
    const step = Math.floor(at);
    return sky[step + (at - step > (BAYER[(y % 4) * 4 + x % 4]! + 0.5) / 16 ? 1 : 0)]!;
  };
  const mx = wide * 0.66, my = horizon * 0.36, mr = wide * 0.1;
  for (let y = 0; y < horizon; y++) {
    for (let x = 0; x < wide; x++) {
      const cloud = fbm(noise, x / 26, y / 7, 4);
      put(x, y, dithered(y / horizon + (cloud > 0.18 ? 0.2 : 0), x, y));
      if (Math.hypot(x - mx, y - my) < mr) {
        put(x, y, Math.hypot(x - mx + 3, y - my + 2) < mr * 0.82 ? light : sky[4]!);
      }
    }
  }
  for (let k = 0; k < 60; k++) {
    const x = random.int(0, wide), y = random.int(0, horizon * 0.5);
    if (Math.hypot(x - mx, y - my) > mr + 3) put(x, y, light);
  }
  const blend = ramp([scene.color(3), scene.color(5), scene.color(6)]);
  for (let layer = 0; layer < 4; layer++) {
    const color = blend((layer + 0.6) / 4).map(Math.round) as Rgb,
      edge = blend((layer + 0.1) / 4).map(Math.round) as Rgb;
    for (let x = 0; x < wide; x++) {
      const ridge = 1 - Math.abs(fbm(noise, x / (46 - layer * 7) + layer * 9, layer * 5, 4)) * 2;
      const top = Math.round(horizon - high * (0.2 - layer * 0.052) * Math.max(0.15, ridge));
      for (let y = top; y < horizon; y++) put(x, y, y === top ? edge : color);
      if (layer >= 2 && random.chance(0.4)) {
        const tall = random.int(4, 8 + layer);
        for (let k = 0; k < tall; k++) {
          for (
            let d = -Math.floor((tall - k) % 3 + (k < 2 ? 1 : 0));
            d <= Math.floor((tall - k) % 3 + (k < 2 ? 1 : 0));
            d++
          ) put(x + d, top - k, color);
        }
      }
    }
  }
  const hx = Math.round(wide * 0.24), hy = horizon - 2;
  for (let y = 0; y < 8; y++) for (let x = 0; x < 14; x++) put(hx + x, hy - y, ink);
  for (let k = 0; k < 8; k++) {
    for (let x = -2 + k; x < 16 - k; x++) put(hx + x, hy - 8 - k * 0.75, land);
  }
  for (const wx of [2, 3, 9, 10]) for (const wy of [3, 4, 5]) put(hx + wx, hy - wy, light);
  for (let y = 0; y < 6; y++) put(hx + 11, hy - 14 - y * 0.5, ink);
  for (let y = horizon; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const depth = y - horizon;
      const sway = Math.round(
        Math.sin(y * 1.7 + x * 0.05) * (0.4 + depth * 0.05) + noise(x / 12, y / 2) * 1.6,
      );
      const source = grid[Math.max(0, horizon - 1 - Math.round(depth * 1.35))]![
        Math.max(0, Math.min(wide - 1, x + sway))
      ]!;
      put(x, y, source.map((c, i) => c * 0.72 + sky[0]![i]! * 0.22) as Rgb);
      if (noise(x / 9, y * 1.3) > 0.52) put(x, y, sky[3]!);
      if (
        Math.abs(x - mx + noise(y, 3) * 6) < 3 + depth * 0.1 && noise(x / 5, y * 0.9 + 4) > 0.05
      ) put(x, y, light);
    }
  }
  for (let k = 0; k < 46; k++) {
    const x = random.chance(0.5) ? random.int(0, wide * 0.3) : random.int(wide * 0.72, wide),
      tall = random.int(4, 16);
    for (let y = 0; y < tall; y++) put(x + Math.round(Math.sin(y / 5 + k) * 1.2), high - y, ink);
    if (tall > 11) {
      for (let y = 0; y < 4; y++) {
        put(x + Math.round(Math.sin((tall + y) / 5 + k) * 1.2), high - tall - y, land);
      }
    }
  }
  const scale = wide / w;
  const frame = scene.pixels(
    scale,
    (_u, _v, x, y) => grid[Math.min(high - 1, y)]![Math.min(wide - 1, x)]!,
    { kernel: "nearest" },
  );
  return { layers: [frame] };
};
