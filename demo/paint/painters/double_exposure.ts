import { darken, lighten, mix, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { blur, circle, group, path, type Point, polyline, rect } from "../svg.ts";
import { profile } from "./halftone_portrait.ts";

/** A profile that holds a landscape: sky, sun, ridges, pines and birds inside, paper outside. Palette: paper, sky top, sky low, sun, far, near. */
export const doubleExposure: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [ground, top, low, sun, far, near] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const outside = ramp([lighten(ground, 0.25), ground, mix(ground, low, 0.3)]);
  const back = scene.pixels(
    0.25,
    (u, v) =>
      outside(Math.hypot(u - 0.5, v - 0.4) * 1.2 + fbm(noise, u * 3, v * 3, 3) * 0.12) as Rgb,
  );
  const head = profile(w, h, 1.02);
  const hills = random.times(7, (i) => {
    const t = i / 6, base = h * (0.42 + t * 0.46);
    const points: Point[] = Array.from(
      { length: 100 },
      (
        _,
        k,
      ) => [
        k / 99 * w,
        base -
        (0.35 - Math.abs(fbm(noise, k * (0.026 + t * 0.02) + i * 5, i, 5)) * 1.2) * h *
          (0.17 - t * 0.05),
      ],
    );
    const color = mix(far, near, t);
    const trees = t < 0.3 ? "" : path(
      points.flatMap(([x, y]) => {
        if (random.chance(0.25)) return [];
        const s = h * (0.015 + t * 0.055) * random.range(0.5, 1.2);
        return [0, 1, 2].map((k) =>
          `M${x - s * (0.09 + k * 0.06)} ${y - s + (k + 1) * s * 0.36}L${x} ${
            y - s + k * s * 0.24
          }L${x + s * (0.09 + k * 0.06)} ${y - s + (k + 1) * s * 0.36}Z`
        );
      }).join(""),
      `fill="${darken(color, 0.12)}"`,
    );
    return trees + path(`${polyline(points)}L${w} ${h}L0 ${h}Z`, `fill="${color}"`) +
      rect(
        0,
        base + h * 0.01,
        w,
        h * 0.07,
        `fill="${low}" opacity="${0.22 - t * 0.2}" filter="url(#fog)"`,
      );
  });
  const birds = random.times(11, () => {
    const x = w * random.range(0.3, 0.98),
      y = h * random.range(0.06, 0.3),
      s = w * random.range(0.006, 0.016);
    return path(
      `M${x - s * 2} ${y - s * 0.5}q${s} ${-s * 0.7} ${s * 2} ${s * 0.6}q${s} ${-s * 1.3} ${
        s * 2
      } ${-s * 0.6}`,
      `fill="none" stroke="${darken(near, 0.3)}" stroke-width="${s * 0.3}" opacity="0.8"`,
    );
  });
  return {
    layers: [
      back,
      scene.svg([
        `<clipPath id="head"><path d="${head}"/></clipPath>`,
        path(
          head,
          `fill="${near}" opacity="0.35" filter="url(#cast)" transform="translate(0 ${h * 0.008})"`,
        ),
        group([
          rect(0, 0, w, h, `fill="url(#sky)"`),
          circle(w * 0.5, h * 0.3, w * 0.25, `fill="${sun}" opacity="0.35" filter="url(#fog)"`),
          circle(w * 0.5, h * 0.3, w * 0.115, `fill="${lighten(sun, 0.35)}"`),
          ...hills,
        ], `clip-path="url(#head)"`),
        ...birds,
      ], {
        defs: blur("fog", w / 50) + blur("cast", w / 60) +
          `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0.1" stop-color="${top}"/><stop offset="0.55" stop-color="${low}"/></linearGradient>`,
      }),
    ],
    bloom: 0.25,
    grain: 0.55,
    vignette: 0.15,
  };
};
