import { darken, lighten, mix } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { curve, group, path, type Point, rect } from "../svg.ts";

/** Thousands of brush strokes that follow one current, coloured by where they start. */
export const flowField: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [ground, ...paints] = scene.palette as [string, ...string[]];
  const swirls = random.times(4, () => ({
    x: random.range(0.1, 0.9) * w,
    y: random.range(0.08, 0.75) * h,
    r: random.range(0.14, 0.34) * w,
    spin: random.chance(0.5) ? 1 : -1,
  }));
  const heading = (x: number, y: number) => {
    let dx = Math.cos(fbm(noise, x / w * 1.5, y / w * 1.5, 2) * 3);
    let dy = Math.sin(fbm(noise, x / w * 1.5, y / w * 1.5, 2) * 3);
    for (const swirl of swirls) {
      const ox = x - swirl.x, oy = y - swirl.y;
      const distance = Math.hypot(ox, oy) + 1;
      const pull = 2.6 * Math.exp(-((distance / swirl.r) ** 2)) * swirl.spin;
      dx += -oy / distance * pull;
      dy += ox / distance * pull;
    }
    return Math.atan2(dy, dx);
  };
  const strokes = random.times(2600, () => {
    let x = random.range(-0.05, 1.05) * w, y = random.range(-0.05, 1.05) * h;
    const tone = (fbm(noise, x / w * 2 + 40, y / w * 2, 3) * 0.9 + 0.5 + y / h * 0.25) *
      (paints.length - 1);
    const index = Math.max(
      0,
      Math.min(paints.length - 1, Math.round(tone + random.gauss() * 0.45)),
    );
    let color = paints[index]!;
    color = random.chance(0.5)
      ? lighten(color, random.range(0, 0.28))
      : darken(color, random.range(0, 0.28));
    const points: Point[] = [];
    for (let step = 0; step < random.int(5, 11); step++) {
      points.push([x, y]);
      const angle = heading(x, y);
      x += Math.cos(angle) * w * 0.014;
      y += Math.sin(angle) * w * 0.014;
    }
    return path(
      curve(points),
      `stroke="${color}" stroke-width="${(w * random.range(0.004, 0.0125)).toFixed(1)}" opacity="${
        random.range(0.7, 1).toFixed(2)
      }"`,
    );
  });
  return {
    layers: [scene.svg([
      rect(0, 0, w, h, `fill="${mix(ground, paints[1]!, 0.25)}"`),
      group(strokes, `fill="none" stroke-linecap="round"`),
    ])],
    grain: 0.5,
    vignette: 0.18,
  };
};
