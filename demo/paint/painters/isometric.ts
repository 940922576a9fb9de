import { darken, lighten, mix } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { group, linear, path, rect } from "../svg.ts";

/** A little floating island of blocks: terrain, water, trees and a house. Palette: sky, sky, water, sand, grass, rock, roof. */
export const isometric: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [skyTop, skyLow, water, sand, grass, rock, roof] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const size = 15, unit = Math.min(w / (size * 1.5), h / (size * 1.42));
  const cx = w / 2, cy = h * 0.17;
  const place = (
    x: number,
    y: number,
    z: number,
  ): [number, number] => [cx + (x - y) * unit * 0.866, cy + (x + y) * unit * 0.5 - z * unit];
  const cube = (x: number, y: number, z: number, high: number, color: string, wide = 1) => {
    const p = (dx: number, dy: number, dz: number) =>
      place(x + dx, y + dy, z + dz).map((v) => v.toFixed(1)).join(" ");
    const m = (1 - wide) / 2, n = 1 - m;
    return path(
      `M${p(m, m, high)}L${p(n, m, high)}L${p(n, n, high)}L${p(m, n, high)}Z`,
      `fill="${lighten(color, 0.14)}"`,
    ) +
      path(
        `M${p(m, n, high)}L${p(n, n, high)}L${p(n, n, 0)}L${p(m, n, 0)}Z`,
        `fill="${mix(color, "#2a2050", 0.22)}"`,
      ) +
      path(
        `M${p(n, m, high)}L${p(n, n, high)}L${p(n, n, 0)}L${p(n, m, 0)}Z`,
        `fill="${mix(color, "#1a1440", 0.42)}"`,
      );
  };
  const parts: string[] = [];
  const house = [random.int(5, 8), random.int(5, 8)] as const;
  for (let sum = 0; sum <= (size - 1) * 2; sum++) {
    for (let x = Math.max(0, sum - size + 1); x <= Math.min(size - 1, sum); x++) {
      const y = sum - x;
      const edge = Math.hypot(x - 7, y - 7) / 7.6;
      if (edge > 1 + noise(x * 0.5, y * 0.5) * 0.12) continue;
      const near = Math.abs(x - house[0]) <= 1 && Math.abs(y - house[1]) <= 1;
      const raw = near
        ? 1.5
        : Math.max(0, 2.6 + fbm(noise, x * 0.14 + 3, y * 0.14, 2) * 5.5 - edge * 1.4);
      const z = Math.round(raw * 2) / 2;
      const deep = 1.4 + (1 - edge) * 3.4 + noise(x * 0.9, y * 0.9);
      if (x === size - 1 || y === size - 1 || edge > 0.72) {
        parts.push(cube(x, y, -deep, deep, rock));
      }
      if (z < 0.75) {
        parts.push(cube(x, y, 0, 0.55, water));
        continue;
      }
      const color = z < 1.2
        ? sand
        : z < 3.2
        ? mix(grass, sand, random.range(0, 0.16))
        : z < 4.4
        ? rock
        : "#f4f7fb";
      parts.push(cube(x, y, 0, z, color));
      if (x === house[0] && y === house[1]) parts.push(cottage(cube, place, x, y, z, roof, unit));
      else if (!near && z >= 1.2 && z < 3.2 && random.chance(0.3)) {
        const high = random.range(0.9, 1.5),
          leaf = mix(
            random.pick([darken(grass, 0.25), lighten(grass, 0.05), mix(grass, roof, 0.35)]),
            "#0d3b33",
            0.12,
          );
        parts.push(
          cube(x, y, z, 0.45, "#7a5138", 0.22) + cube(x, y, z + 0.4, high * 0.6, leaf, 0.74) +
            cube(x, y, z + 0.4 + high * 0.6, high * 0.42, leaf, 0.46),
        );
      }
    }
  }
  return {
    layers: [scene.svg([
      rect(0, 0, w, h, `fill="url(#sky)"`),
      ...clouds(scene),
      `<ellipse cx="${cx}" cy="${h * 0.93}" rx="${w * 0.3}" ry="${h * 0.022}" fill="${
        darken(skyLow, 0.4)
      }" opacity="0.35"/>`,
      group(parts, `stroke-linejoin="round"`),
    ], { defs: linear("sky", [[0, skyTop], [1, skyLow]]) })],
    bloom: 0.12,
    grain: 0.2,
    vignette: 0.12,
  };
};

type Cube = (x: number, y: number, z: number, high: number, color: string, wide?: number) => string;

function cottage(
  cube: Cube,
  place: (x: number, y: number, z: number) => [number, number],
  x: number,
  y: number,
  z: number,
  roof: string,
  unit: number,
): string {
  const tiers = [1.35, 1.05, 0.72, 0.4].map((wide, i) =>
    cube(x, y, z + 1.1 + i * 0.3, 0.3, roof, wide)
  );
  const [wx, wy] = place(x + 0.5, y + 1.02, z + 0.62),
    [vx, vy] = place(x + 1.02, y + 0.5, z + 0.62);
  const s = unit * 0.22;
  const lit = (px: number, py: number, skew: number) =>
    path(
      `M${px - s} ${py - s - skew * s * 0.55}l${2 * s} ${skew * s * 1.1}v${s * 1.7}l${-2 * s} ${
        -skew * s * 1.1
      }z`,
      `fill="#ffdf8a"`,
    );
  return cube(x, y, z, 1.1, "#f2e4cf", 1.1) + lit(wx, wy, 1) + lit(vx, vy, -1) + tiers.join("");
}

function clouds({ random, width: w, height: h }: Scene): string[] {
  return random.times(6, () => {
    const x = random.range(-0.1, 1) * w,
      y = random.range(0.04, 0.9) * h,
      s = w * random.range(0.1, 0.2);
    return group([
      rect(x, y, s, s * 0.18, `rx="${s * 0.09}"`),
      rect(x + s * 0.2, y - s * 0.12, s * 0.5, s * 0.18, `rx="${s * 0.09}"`),
      rect(x - s * 0.14, y + s * 0.12, s * 0.7, s * 0.15, `rx="${s * 0.075}"`),
    ], `fill="#ffffff" opacity="${random.range(0.25, 0.6).toFixed(2)}"`);
  });
}
