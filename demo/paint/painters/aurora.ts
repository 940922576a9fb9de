import { darken, mix, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { circle, group, path, type Point, polyline, radial, rect } from "../svg.ts";
import { stars } from "./nebula.ts";

/** Curtains of light over a frozen lake, and a cabin that is warm. Palette: night, dusk, three of the aurora, snow, window. */
export const aurora: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [night, dusk, low, middle, high, snow, lit] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const sky = ramp([night, night, dusk]), curtain = ramp([low, middle, high, high]);
  const horizon = 0.66;
  const light = (u: number, v: number): Rgb => {
    let [r, g, b] = sky(v / horizon) as Rgb;
    for (let k = 0; k < 3; k++) {
      const bend = fbm(noise, u * 1.6 + k * 7, k * 3.3, 3);
      const foot = 0.42 + k * 0.06 + bend * 0.34 + (u - 0.5) * (k - 1) * 0.25;
      const above = foot - v;
      if (above < -0.03) continue;
      const rays = 0.55 + 0.45 * fbm(noise, u * 26 + bend * 6, k * 9 + v * 0.8, 3);
      const power = (above < 0 ? 1 + above / 0.03 : Math.exp(-above * 5.2)) * rays *
        (0.95 - k * 0.22) * (0.6 + 0.7 * Math.max(0, noise(u * 2.1 + k * 5, 4)));
      const [cr, cg, cb] = curtain(Math.max(0, above) * 2.1);
      r += cr * power;
      g += cg * power;
      b += cb * power;
    }
    return [r, g, b];
  };
  const back = scene.pixels(0.4, (u, v) => {
    if (v < horizon) return light(u, v);
    const depth = v - horizon;
    const [r, g, b] = light(
      u + noise(u * 30, v * 120) * 0.006 * (1 + depth * 20),
      Math.max(0, horizon - depth * 1.5),
    );
    const frost = 0.55 + fbm(noise, u * 5, v * 40, 3) * 0.16;
    return [r * frost + 8, g * frost + 12, b * frost + 20];
  });
  const ridge = (base: number, tall: number, seed: number): Point[] =>
    Array.from({ length: 90 }, (_, k) => {
      const u = k / 89;
      return [
        u * w,
        h * base -
        Math.max(0, 0.42 - Math.abs(fbm(noise, u * 2.7 + seed, seed, 5)) * 1.05) * h * tall,
      ];
    });
  const land = (points: Point[], fill: string) =>
    path(`${polyline(points)}L${w} ${h * horizon}L0 ${h * horizon}Z`, `fill="${fill}"`);
  const peaks = ridge(horizon - 0.01, 0.36, 3);
  const caps = peaks.map((
    [x, y],
  ): Point => [x, y + Math.max(2, (h * horizon - y) * (0.36 + noise(x * 0.05, 2) * 0.3))]);
  const trees = random.times(150, () => {
    const x = random.next() ** 0.7 * w * (random.chance(0.5) ? 0.42 : 1),
      s = h * random.range(0.025, 0.085);
    return [0, 1, 2].map((k) =>
      `M${x - s * (0.1 + k * 0.06)} ${h * horizon - s + (k + 1) * s * 0.33}L${x} ${
        h * horizon - s + k * s * 0.22
      }L${x + s * (0.1 + k * 0.06)} ${h * horizon - s + (k + 1) * s * 0.33}Z`
    ).join("");
  });
  const cx = w * 0.7, cy = h * (horizon + 0.004), c = h * 0.05;
  return {
    layers: [
      back,
      scene.svg([
        group(stars(scene, 0.5, 300), `opacity="0.8"`),
        land(peaks, mix(dusk, night, 0.35)),
        path(
          `${polyline(peaks)}${polyline(caps.toReversed()).replace("M", "L")}Z`,
          `fill="${mix(snow, dusk, 0.5)}" opacity="0.75"`,
        ),
        land(ridge(horizon, 0.13, 8), darken(night, 0.25)),
        path(trees.join(""), `fill="${darken(night, 0.55)}"`),
        rect(0, h * horizon - 1.5, w, 3, `fill="${mix(snow, dusk, 0.35)}"`),
        circle(cx, cy - c * 0.4, c * 2.4, `fill="url(#warm)"`),
        rect(cx - c * 0.7, cy - c * 0.8, c * 1.4, c * 0.8, `fill="#1a1210"`),
        path(
          `M${cx - c} ${cy - c * 0.75}L${cx} ${cy - c * 1.45}L${cx + c} ${cy - c * 0.75}Z`,
          `fill="${mix(snow, dusk, 0.3)}"`,
        ),
        rect(cx - c * 0.45, cy - c * 0.6, c * 0.32, c * 0.34, `fill="${lit}"`),
        rect(cx + c * 0.12, cy - c * 0.6, c * 0.32, c * 0.34, `fill="${lit}"`),
        rect(cx - c * 0.4, cy + 2, c * 0.2, c * 1.3, `fill="${lit}" opacity="0.4"`),
        rect(cx + c * 0.16, cy + 2, c * 0.2, c * 1.1, `fill="${lit}" opacity="0.4"`),
      ], {
        defs: radial("warm", [[0, lit, 0.6], [1, lit, 0]]) +
          radial("star", [[0, "#fff", 0.9], [0.3, "#fff", 0.15], [1, "#fff", 0]]),
      }),
    ],
    bloom: 0.5,
    grain: 0.3,
    vignette: 0.35,
  };
};
