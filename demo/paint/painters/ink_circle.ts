import { darken } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { curve, group, path, type Point, rect } from "../svg.ts";
import { paper } from "./watercolor.ts";

/** One breath, one brush: an open circle of bristles running dry, a bamboo or a far ridge in thin ink, a red seal. */
export const inkCircle: Painter = (scene) => {
  const { width: w, height: h, random } = scene;
  const [ground, ink, seal] = scene.palette as [string, string, string];
  const cx = w * 0.5, cy = h * 0.43, r = w * 0.33;
  const start = random.range(1.9, 2.4), sweep = 5.75;
  const bristles = random.times(150, (i) => {
    const lane = (i / 150 - 0.5) * 2;
    const dry = random.range(0.5, 1.15) - Math.abs(lane) * 0.1;
    const points: Point[] = [];
    const steps = Math.max(4, Math.round(58 * Math.min(1, dry)));
    for (let k = 0; k <= steps; k++) {
      const t = k / 58, a = start + t * sweep;
      const press = r * (0.085 + 0.055 * Math.sin(t * 3.1)) * (1 - t * 0.25);
      const rr = r * (1 + t * 0.05) + lane * press +
        fbm(scene.noise, t * 6 + i, i * 0.3, 2) * r * 0.014;
      points.push([cx + Math.cos(a) * rr, cy + Math.sin(a) * rr * 0.98]);
    }
    return path(
      curve(points),
      `stroke-width="${random.range(0.6, 2.6).toFixed(1)}" opacity="${
        random.range(0.35, 0.9).toFixed(2)
      }"`,
    );
  });
  const s = w * 0.062;
  return {
    layers: [
      paper(scene, ground),
      scene.svg([
        ...ridges(scene, ink),
        group(bristles, `fill="none" stroke="${ink}" stroke-linecap="round"`),
        ...bamboo(scene, ink),
        ...random.times(34, () => drop(scene, cx, cy, r, ink)),
        rect(w * 0.82, h * 0.83, s, s * 1.15, `rx="3" fill="${seal}" opacity="0.92"`),
        path(
          `M${w * 0.82 + s * 0.2} ${h * 0.83 + s * 0.25}h${s * 0.6}m${-s * 0.3} 0v${s * 0.65}m${
            -s * 0.3
          } ${-s * 0.34}h${s * 0.6}m${-s * 0.6} ${s * 0.34}h${s * 0.6}`,
          `stroke="${ground}" stroke-width="${s * 0.09}" fill="none"`,
        ),
      ], { blend: "multiply" }),
    ],
    grain: 0.5,
    vignette: 0.14,
  };
};

function ridges({ width: w, height: h, noise }: Scene, ink: string): string[] {
  return [0, 1, 2].map((i) => {
    const points: Point[] = Array.from(
      { length: 34 },
      (
        _,
        k,
      ) => [
        k / 33 * w,
        h * (0.68 + i * 0.075) - Math.max(0, fbm(noise, k * 0.13 + i * 7, i * 3, 4)) * h * 0.17,
      ],
    );
    return path(
      `${curve(points)}V${h}H0Z`,
      `fill="${darken(ink, 0)}" opacity="${0.05 + i * 0.055}"`,
    );
  });
}

function bamboo({ width: w, height: h, random }: Scene, ink: string): string[] {
  const parts: string[] = [];
  for (const [foot, lean, thick] of [[0.1, 0.035, 0.018], [0.165, -0.02, 0.011]] as const) {
    for (let k = 0; k < 8; k++) {
      const y = h - k * h * 0.13, x = w * (foot + lean * k / 8);
      parts.push(
        rect(
          x,
          y - h * 0.124,
          w * thick,
          h * 0.12,
          `rx="2" fill="${ink}" opacity="${0.45 + (k % 3) * 0.1}"`,
        ),
      );
      if (k < 2) continue;
      for (let leafs = 0; leafs < 3; leafs++) {
        const turn = random.pick([random.range(10, 70), random.range(110, 165)]),
          long = w * random.range(0.09, 0.16);
        parts.push(
          group(
            path(
              `M0 0Q${long * 0.4} ${-long * 0.12} ${long} 0Q${long * 0.4} ${long * 0.08} 0 0Z`,
              "",
            ),
            `transform="translate(${x} ${y}) rotate(${turn})" fill="${ink}" opacity="${
              random.range(0.4, 0.9).toFixed(2)
            }"`,
          ),
        );
      }
    }
  }
  return parts;
}

function drop({ random }: Scene, cx: number, cy: number, r: number, ink: string): string {
  const a = random.range(0, 6.3), d = r * (1 + Math.abs(random.gauss()) * 0.22);
  return `<circle cx="${(cx + Math.cos(a) * d).toFixed(1)}" cy="${
    (cy + Math.sin(a) * d).toFixed(1)
  }" r="${(random.next() ** 3 * 5 + 0.5).toFixed(1)}" fill="${ink}" opacity="0.7"/>`;
}
