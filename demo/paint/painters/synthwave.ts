import { darken, lighten } from "../color.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, even, group, linear, path, type Point, polyline, radial, rect } from "../svg.ts";
import { stars } from "./nebula.ts";

/** A striped sun over a glowing grid, ridges left and right, palms in front. Palette: night, dusk, glow, sun top, sun low, line. */
export const synthwave: Painter = (scene) => {
  const { width: w, height: h } = scene;
  const [night, dusk, glow, sunTop, sunLow, line] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const horizon = h * 0.62, r = Math.min(w, h) * 0.27;
  const cy = horizon - r * 0.72;
  const cuts = Array.from({ length: 8 }, (_, i) => {
    const t = i / 8;
    return rect(
      w / 2 - r,
      cy - r * 0.1 + t * t * r * 1.1 + t * r * 0.08,
      r * 2,
      r * (0.018 + t * 0.085),
      `fill="black"`,
    );
  });
  const defs = linear("sky", even([night, dusk, glow])) + linear("sun", even([sunTop, sunLow])) +
    linear("floor", [[0, darken(glow, 0.45)], [0.3, darken(dusk, 0.4)], [1, darken(night, 0.3)]]) +
    radial("halo", [[0, sunLow, 0.8], [0.5, glow, 0.25], [1, glow, 0]]) +
    radial("star", [[0, "#fff"], [0.3, "#fff", 0.2], [1, "#fff", 0]]) +
    `<mask id="cut"><rect width="${w}" height="${h}" fill="white"/>${cuts.join("")}</mask>`;
  return {
    layers: [scene.svg([
      rect(0, 0, w, horizon, `fill="url(#sky)"`),
      ...stars(scene, 0.4, 220),
      circle(w / 2, cy, r * 1.9, `fill="url(#halo)"`),
      circle(w / 2, cy, r, `fill="url(#sun)" mask="url(#cut)"`),
      ...range(scene, horizon, 0.16, darken(dusk, 0.35), line, 4),
      ...range(scene, horizon, 0.09, darken(night, 0.1), line, 11),
      rect(0, horizon, w, h - horizon, `fill="url(#floor)"`),
      group(grid(w, h, horizon), `stroke="${line}" fill="none" stroke-width="1.6"`),
      ...palm(scene, w * 0.1, h * 1.01, h * 0.62, 1, night),
      ...palm(scene, w * 0.92, h * 1.01, h * 0.5, -1, night),
    ], { defs })],
    bloom: 0.8,
    grain: 0.35,
    vignette: 0.4,
  };
};

function grid(w: number, h: number, horizon: number): string[] {
  const rows = Array.from({ length: 15 }, (_, i) => {
    const y = horizon + (h - horizon) * (i / 14) ** 2.4;
    return path(`M0 ${y}H${w}`, `opacity="${0.25 + i / 20}"`);
  });
  const columns = Array.from({ length: 33 }, (_, i) => {
    const t = (i - 16) / 16;
    return path(`M${w / 2 + t * w * 0.7} ${horizon}L${w / 2 + t * w * 4} ${h}`, `opacity="0.6"`);
  });
  return [...rows, ...columns];
}

function range(
  { width: w, height: h, noise }: Scene,
  horizon: number,
  tall: number,
  fill: string,
  line: string,
  seed: number,
) {
  const points: Point[] = Array.from({ length: 25 }, (_, i) => {
    const t = i / 24, edge = Math.abs(t - 0.5) * 2;
    return [
      t * w,
      horizon - h * tall * edge ** 1.3 * (0.65 + Math.abs(noise(i * 0.9 + seed, seed)) * 1.1),
    ];
  });
  const facets = points.slice(1, -1).map(([x, y], i) =>
    `M${x} ${y}L${x + (i % 2 ? -1 : 1) * w * 0.03} ${horizon}`
  );
  return [
    path(`${polyline(points)}L${w} ${horizon}L0 ${horizon}Z`, `fill="${fill}"`),
    path(
      polyline(points) + facets.join(""),
      `fill="none" stroke="${line}" stroke-width="1" opacity="0.55"`,
    ),
  ];
}

function palm(
  { random }: Scene,
  x: number,
  foot: number,
  high: number,
  lean: number,
  night: string,
): string[] {
  const ink = darken(night, 0.65), tx = x + lean * high * 0.13, ty = foot - high;
  const fronds = random.times(11, (i) => {
    const a = -Math.PI * (0.02 + i / 10 * 0.96), long = high * random.range(0.27, 0.36);
    const ex = tx + Math.cos(a) * long, ey = ty + Math.sin(a) * long * 0.5 + long * 0.36;
    const mx = tx + Math.cos(a) * long * 0.55, my = ty + Math.sin(a) * long * 0.85;
    return path(
      `M${tx} ${ty}Q${mx} ${my} ${ex} ${ey}Q${mx} ${my + long * 0.2} ${tx} ${ty}Z`,
      `fill="${ink}"`,
    ) +
      path(
        `M${tx} ${ty}Q${mx} ${my} ${ex} ${ey}`,
        `fill="none" stroke="${lighten(night, 0.1)}" stroke-width="0.8" opacity="0.5"`,
      );
  });
  return [
    path(
      `M${x - high * 0.02} ${foot}Q${x + lean * high * 0.02} ${foot - high * 0.5} ${
        tx - high * 0.008
      } ${ty}h${high * 0.016}Q${x + lean * high * 0.05} ${foot - high * 0.5} ${
        x + high * 0.024
      } ${foot}Z`,
      `fill="${ink}"`,
    ),
    ...fronds,
  ];
}
