import { darken, lighten, mix, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { circle, group, path, type Point, polyline, radial, rect } from "../svg.ts";
import { stars } from "./nebula.ts";

/** A banded giant and its rings over a foreign shore, and somebody small who looks up. Palette: space, haze, then the planet's bands. */
export const planet: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [space, haze, ...bands] = scene.palette as [string, string, ...string[]];
  const tone = ramp(bands), sky = ramp([space, space, mix(space, haze, 0.45), haze]);
  const cx = w * random.range(0.42, 0.6), cy = h * 0.36, r = Math.min(w, h) * 0.29, tilt = -0.32;
  const back = scene.pixels(0.62, (u, v) => {
    const x = (u * w - cx) / r, y = (v * h - cy) / r, d = Math.hypot(x, y);
    const [sr, sg, sb] = sky(v * 1.12 + fbm(noise, u * 3, v * 3, 4) * 0.14);
    const air = Math.max(0, 1 - Math.abs(d - 1) * 9) * (d > 1 ? 0.5 : 0) *
      Math.max(0, -x * 0.7 - y * 0.7 + 0.35);
    const [ar, ag, ab] = tone(0.85);
    if (d > 1) return [sr + ar * air, sg + ag * air, sb + ab * air];
    const z = Math.sqrt(1 - d * d),
      sx = x * Math.cos(tilt) - y * Math.sin(tilt),
      sy = x * Math.sin(tilt) + y * Math.cos(tilt);
    const swirl = fbm(noise, sx * 2.4 / (z + 0.55), sy * 9, 4) * 0.13;
    const [r0, g0, b0] = tone(0.5 + sy * 0.46 + swirl + Math.sin(sy * 19 + swirl * 9) * 0.085);
    const sun = Math.max(0.03, -x * 0.62 - y * 0.5 + z * 0.6);
    const rim = (1 - z) ** 3 * Math.max(0, -x - y) * 0.6;
    const soft = Math.min(1, (1 - d) * r * 0.7);
    return [0, 1, 2].map((k) =>
      ([r0, g0, b0][k]! * sun * 1.25 + [ar, ag, ab][k]! * rim) * soft +
      [sr, sg, sb][k]! * (1 - soft)
    ) as Rgb;
  });
  const ring = (front: boolean) => {
    const arcs = random.times(26, (i) => {
      const rr = r * (1.36 + i * 0.031), gap = i === 13 || i === 14 || i === 5;
      return gap ? "" : path(
        front
          ? `M${-rr} 0A${rr} ${rr * 0.2} 0 0 0 ${rr} 0`
          : `M${-rr} 0A${rr} ${rr * 0.2} 0 0 1 ${rr} 0`,
        `fill="none" stroke="${lighten(bands[i % bands.length]!, 0.25)}" stroke-width="${
          r * 0.022
        }" opacity="${(0.35 + noise(i * 0.7, 2) * 0.35).toFixed(2)}"`,
      );
    });
    return group(arcs, `transform="translate(${cx} ${cy}) rotate(-18)"`);
  };
  const ground = (base: number, tall: number, seed: number): Point[] =>
    Array.from({ length: 70 }, (_, k) => {
      const u = k / 69;
      return [
        u * w,
        h * base -
        Math.max(0, 0.3 - Math.abs(fbm(noise, u * 3 + seed, seed, 5)) * 1.2) * h * tall *
          (0.4 + Math.abs(u - 0.5) * 1.7),
      ];
    });
  const land = (points: Point[], fill: string) =>
    path(`${polyline(points)}L${w} ${h}L0 ${h}Z`, `fill="${fill}"`);
  const px = w * 0.3, py = h * 0.893, s = h * 0.045, moon = w * 0.035;
  return {
    layers: [
      back,
      scene.svg([
        `<mask id="sky"><rect width="${w}" height="${h}" fill="#fff"/><circle cx="${cx}" cy="${cy}" r="${r}" fill="#000"/></mask>`,
        group(stars(scene, 0.7, 420), `mask="url(#sky)"`),
        group(ring(false), `mask="url(#sky)"`),
        ring(true),
        circle(w * 0.84, h * 0.14, moon, `fill="url(#moon)"`),
        land(ground(0.8, 0.34, 2), mix(haze, space, 0.35)),
        rect(0, h * 0.74, w, h * 0.1, `fill="url(#mist)"`),
        land(ground(0.86, 0.28, 6), mix(haze, space, 0.68)),
        land(ground(0.93, 0.12, 9), darken(space, 0.35)),
        group([
          path(
            `M${px - s * 0.14} ${py - s * 0.72}h${s * 0.28}l${s * 0.07} ${s * 0.44}h${-s * 0.42}zM${
              px - s * 0.14
            } ${py - s * 0.3}h${s * 0.11}v${s * 0.42}h${-s * 0.11}zM${px + s * 0.04} ${
              py - s * 0.3
            }h${s * 0.11}v${s * 0.42}h${-s * 0.11}zM${px - s * 0.26} ${py - s * 0.68}h${s * 0.14}v${
              s * 0.36
            }h${-s * 0.14}z`,
            "",
          ),
          circle(px, py - s * 0.86, s * 0.17, ""),
        ], `fill="${darken(space, 0.7)}"`),
        path(
          `M${px + s * 0.1} ${py - s * 0.98}a${s * 0.17} ${s * 0.17} 0 0 1 ${s * 0.07} ${s * 0.14}`,
          `fill="none" stroke="${lighten(bands.at(-1)!, 0.5)}" stroke-width="1.6"`,
        ),
      ], {
        defs: radial(
          "moon",
          [[0, lighten(haze, 0.8)], [0.6, lighten(haze, 0.35)], [1, mix(haze, space, 0.6)]],
          0.32,
          0.32,
          0.75,
        ) +
          `<linearGradient id="mist" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${haze}" stop-opacity="0"/><stop offset="1" stop-color="${
            lighten(haze, 0.3)
          }" stop-opacity="0.6"/></linearGradient>` +
          radial("star", [[0, "#fff"], [0.15, "#fff", 0.5], [0.4, "#fff", 0.1], [1, "#fff", 0]]),
      }),
    ],
    bloom: 0.45,
    grain: 0.3,
    vignette: 0.35,
  };
};
