import { lighten, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, group, path, radial } from "../svg.ts";

/** Gas lit by young stars: noise bent by noise, dark lanes, and a field of stars with a few bright ones. */
export const nebula: Painter = (scene) => {
  const { noise } = scene;
  const glow = ramp(scene.palette);
  const gas = scene.pixels(0.42, (u, v) => {
    const x = u * 2.6, y = v * 2.6 * scene.height / scene.width;
    const qx = fbm(noise, x, y, 4), qy = fbm(noise, x + 5.2, y + 1.3, 4);
    const f = fbm(noise, x + qx * 1.7, y + qy * 1.7, 5);
    const dust = Math.max(0, fbm(noise, x * 1.7 + qy * 2 + 9, y * 1.7 - 4, 4));
    const bright = Math.max(0, 0.32 + f * 0.75 + qx * 0.35 - dust * 0.75);
    const [r, g, b] = glow(Math.min(1, bright * 1.05));
    const lift = 0.55 + bright * 0.75;
    return [r * lift, g * lift, b * lift] as Rgb;
  });
  return {
    layers: [
      gas,
      scene.svg(stars(scene), {
        blend: "screen",
        defs: radial("star", [[0, "#ffffff"], [0.12, "#e8f0ff", 0.75], [0.4, "#9fc0ff", 0.14], [
          1,
          "#9fc0ff",
          0,
        ]]),
      }),
    ],
    bloom: 0.55,
    vignette: 0.45,
    grain: 0.2,
  };
};

export function stars(scene: Scene, low = 1, count = 620): string[] {
  const { random, width: w, height: h } = scene;
  const tints = ["#ffffff", "#cfe0ff", "#ffe9cf", lighten(scene.color(-1), 0.6)];
  const field = random.times(count, () => {
    const size = 0.3 + random.next() ** 6 * 1.8;
    return circle(
      random.range(0, w),
      random.range(0, h * low),
      size,
      `fill="${random.pick(tints)}" opacity="${random.range(0.3, 1).toFixed(2)}"`,
    );
  });
  const bright = random.times(count / 55, () => {
    const x = random.range(0, w), y = random.range(0, h * low), r = w * random.range(0.012, 0.04);
    return circle(x, y, r, `fill="url(#star)"`) +
      path(
        `M${x - r} ${y}L${x} ${y - 0.8}L${x + r} ${y}L${x} ${y + 0.8}ZM${x} ${y - r}L${
          x + 0.8
        } ${y}L${x} ${y + r}L${x - 0.8} ${y}Z`,
        `fill="#fff" opacity="0.75"`,
      );
  });
  return [group(field), group(bright)];
}
