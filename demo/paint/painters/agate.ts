import { lighten, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";

/** A cut stone, or ink on water: bands of a field that has been bent twice, with veins of gold where two bands meet. */
export const agate: Painter = (scene) => {
  const { noise, height: h, width: w, random } = scene;
  const gold = "#f0c878",
    tone = ramp([...scene.palette, ...scene.palette.slice(0, -1).toReversed()]);
  const [gr, gg, gb] = ramp([gold, lighten(gold, 0.6)])(0.35);
  const ox = random.range(0.3, 0.7), oy = random.range(0.3, 0.7);
  const stone = scene.pixels(0.62, (u, v) => {
    const x = u * 1.7, y = v * 1.7 * h / w;
    const qx = fbm(noise, x + 3, y, 3), qy = fbm(noise, x, y + 8, 3);
    const f = fbm(noise, x * 1.1 + qx * 1.5, y * 1.1 + qy * 1.5, 4) +
      Math.hypot(u - ox, (v - oy) * h / w) * 0.55;
    const bands = f * 5.5, t = bands - Math.floor(bands);
    const shade = 0.9 + 0.14 * Math.sin(bands * 44) * Math.max(0, noise(x * 2, y * 2)) +
      fbm(noise, x * 14, y * 14, 2) * 0.06;
    const [r, g, b] = tone((f * 1.25 + 4) % 1);
    const vein = Math.max(0, 1 - Math.abs(t - 0.5) * (26 + 30 * noise(x * 3, y * 3))) *
      Math.max(0, 0.2 + noise(x * 1.4 + 5, y * 1.4) * 1.6);
    const glitter = vein > 0.35 ? 0.75 + noise(u * 240, v * 240) * 0.45 : 0.9;
    const keep = 1 - Math.min(1, vein * 1.4);
    return [
      r * shade * keep + gr * glitter * (1 - keep),
      g * shade * keep + gg * glitter * (1 - keep),
      b * shade * keep + gb * glitter * (1 - keep),
    ] as Rgb;
  });
  return { layers: [stone], bloom: 0.2, grain: 0.25, vignette: 0.15 };
};
