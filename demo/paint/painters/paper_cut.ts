import { darken, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, curve, group, path, type Point, rect, shadow } from "../svg.ts";

/** Sheets of card with a hole each, the next one seen through it, down to a small scene at the bottom. */
export const paperCut: Painter = (scene) => {
  const { width: w, height: h, random } = scene;
  const layers = 8;
  const sheet = ramp(scene.palette);
  const cx = w * 0.5, cy = h * 0.46;
  const sheets = random.times(layers, (i) => {
    const t = i / (layers - 1);
    const rgb = sheet(t).map(Math.round).join(" ");
    const outline = opening(scene, cx, cy, 0.17 + t * 0.42, i);
    return shade(outline, w) + path(
      `M-60 -60H${w + 60}V${h + 60}H-60Z ${outline}`,
      `fill="rgb(${rgb})" fill-rule="evenodd"`,
    );
  });
  const [deep] = scene.palette as [string];
  const moon = mix(scene.color(-1), "#fff6dd", 0.75);
  return {
    layers: [scene.svg([
      rect(0, 0, w, h, `fill="${darken(deep, 0.3)}"`),
      circle(cx, cy - h * 0.03, w * 0.1, `fill="${moon}" filter="url(#s)"`),
      group(hills(scene, cx, cy), `filter="url(#s)"`),
      ...sheets,
    ], { defs: shadow("s", h * 0.008, w * 0.013, 0.55) })],
    grain: 0.7,
    vignette: 0.15,
  };
};

/** The shadow a sheet throws through its own hole; stacked strokes cost a tenth of a blurred one. */
function shade(outline: string, w: number): string {
  const strokes = [1, 2, 3, 4, 5, 6].map((k) =>
    path(outline, `stroke-width="${(w * 0.0085 * k).toFixed(1)}" opacity="${0.16 - k * 0.012}"`)
  );
  return group(strokes, `fill="none" stroke="#000" transform="translate(0 ${w * 0.008})"`);
}

function opening(
  { width: w, height: h, noise }: Scene,
  cx: number,
  cy: number,
  size: number,
  seed: number,
): string {
  const points: Point[] = [];
  for (let k = 0; k < 40; k++) {
    const a = k / 40 * Math.PI * 2;
    const bend = 1 + fbm(noise, Math.cos(a) * 1.5 + seed * 0.35, Math.sin(a) * 1.5 + 8, 3) * 0.42;
    points.push([cx + Math.cos(a) * w * size * bend, cy + Math.sin(a) * h * size * 0.94 * bend]);
  }
  return curve(points, true);
}

function hills({ width: w, height: h, random, palette }: Scene, cx: number, cy: number): string[] {
  return [0, 1, 2].map((i) => {
    const y = cy + h * (0.03 + i * 0.045);
    const points: Point[] = random.times(
      9,
      (k) => [cx + (k - 4) * w * 0.07, y - (k % 2) * h * 0.03 * random.range(0.6, 1.6)],
    );
    const color = mix(palette[0]!, palette.at(-2)!, 0.2 + i * 0.2);
    return path(`${curve(points)}V${cy + h * 0.4}H${cx - w * 0.4}Z`, `fill="${color}"`);
  });
}
