import { darken, lighten, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, group, path, type Point, polyline, radial, rect } from "../svg.ts";
import { stars } from "./nebula.ts";

/** Paper lanterns rising over a river between dark hills, all of it doubled by the water. Palette: night, dusk, hills, paper, flame. */
export const lanterns: Painter = (scene) => {
  const { width: w, height: h, noise } = scene;
  const [night, dusk, hill, paper, flame] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
  ];
  const horizon = h * 0.68;
  const sky = ramp([night, mix(night, dusk, 0.5), dusk, lighten(dusk, 0.3)]);
  const back = scene.pixels(0.3, (u, v) => sky(v * 1.35 + fbm(noise, u * 2.5, v * 6, 4) * 0.14));
  const ridge = (base: number, tall: number, seed: number): Point[] =>
    Array.from({ length: 60 }, (_, k) => {
      const u = k / 59, edge = Math.abs(u - 0.5) * 2;
      const rise = 0.15 + edge * 0.8 + fbm(noise, u * 3 + seed, seed, 4) * 0.5;
      return [u * w, h * base - Math.max(0, rise) * h * tall];
    });
  const land = (points: Point[], fill: string) =>
    path(`${polyline(points)}L${w} ${horizon}L0 ${horizon}Z`, `fill="${fill}"`);
  const defs = radial("glow", [[0, flame, 0.85], [0.4, flame, 0.25], [1, flame, 0]]) +
    radial("paper", [[0, "#fffbe6"], [0.5, paper], [1, flame]], 0.5, 0.8, 0.75) +
    radial("star", [[0, "#fff", 0.9], [0.3, "#fff", 0.15], [1, "#fff", 0]]);
  return {
    layers: [
      back,
      scene.svg([
        group(stars(scene, 0.55, 200), `opacity="0.7"`),
        land(ridge(0.68, 0.26, 2), mix(hill, dusk, 0.4)),
        land(ridge(0.68, 0.15, 5), hill),
        ...rising(scene, horizon),
        land(ridge(0.683, 0.07, 9), darken(hill, 0.45)),
      ], { defs }),
      { kind: "mirror", line: horizon, blur: 3.2 },
      scene.svg([
        rect(0, horizon, w, h - horizon, `fill="${darken(night, 0.3)}" opacity="0.35"`),
        ...ripples(scene, horizon, paper),
        ...floating(scene, horizon),
      ], { defs }),
    ],
    bloom: 0.65,
    grain: 0.3,
    vignette: 0.35,
  };
};

function rising({ random, width: w, height: h }: Scene, horizon: number): string[] {
  return random.times(64, (i) => {
    const near = (i / 64) ** 2.4, s = Math.min(w, h) * (0.008 + near * 0.06);
    const x = w * (0.5 + random.gauss() * (0.12 + near * 0.24));
    const y = horizon * random.range(0.04, 0.95 - near * 0.3);
    const turn = random.range(-9, 9).toFixed(1);
    return circle(x, y, s * 2.6, `fill="url(#glow)" opacity="0.7"`) + group([
      path(
        `M${-s * 0.48} ${s * 0.62}C${-s * 0.72} 0 ${-s * 0.72} ${-s * 0.7} ${-s * 0.2} ${
          -s * 0.86
        }H${s * 0.2}C${s * 0.72} ${-s * 0.7} ${s * 0.72} 0 ${s * 0.48} ${s * 0.62}Z`,
        `fill="url(#paper)"`,
      ),
      path(
        `M${-s * 0.22} ${s * 0.6}C${-s * 0.3} 0 ${-s * 0.3} ${-s * 0.6} ${-s * 0.06} ${-s * 0.85}M${
          s * 0.22
        } ${s * 0.6}C${s * 0.3} 0 ${s * 0.3} ${-s * 0.6} ${s * 0.06} ${-s * 0.85}`,
        `fill="none" stroke="#a8541f" stroke-width="${s * 0.035}" opacity="0.45"`,
      ),
      rect(-s * 0.48, s * 0.58, s * 0.96, s * 0.09, `fill="#7a3a1a"`),
    ], `transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})"`);
  });
}

function floating({ random, width: w, height: h }: Scene, horizon: number): string[] {
  return random.times(9, (i) => {
    const depth = 0.12 + i / 11, s = w * (0.012 + depth * 0.028);
    const x = w * random.range(0.06, 0.94), y = horizon + (h - horizon) * depth;
    return `<ellipse cx="${x}" cy="${y + s * 1.2}" rx="${s * 2.4}" ry="${
      s * 0.8
    }" fill="url(#glow)" opacity="0.6"/>` + circle(x, y - s * 0.2, s * 2.2, `fill="url(#glow)"`) +
      path(
        `M${x - s * 0.5} ${y + s * 0.5}V${y - s * 0.6}L${x} ${y - s * 0.95}L${x + s * 0.5} ${
          y - s * 0.6
        }V${y + s * 0.5}Z`,
        `fill="url(#paper)" stroke="#7a3a1a" stroke-width="${s * 0.07}"`,
      ) + rect(x - s * 0.75, y + s * 0.5, s * 1.5, s * 0.16, `rx="2" fill="#3a1f14"`);
  });
}

function ripples({ random, width: w, height: h }: Scene, horizon: number, color: string): string[] {
  return random.times(90, () => {
    const depth = random.next() ** 1.5, y = horizon + (h - horizon) * depth;
    return `<ellipse cx="${random.range(0, w).toFixed(1)}" cy="${y.toFixed(1)}" rx="${
      (w * (0.01 + depth * 0.05)).toFixed(1)
    }" ry="${(0.5 + depth * 1.4).toFixed(1)}" fill="${color}" opacity="${
      random.range(0.06, 0.3).toFixed(2)
    }"/>`;
  });
}
