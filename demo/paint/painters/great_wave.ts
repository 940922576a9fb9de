import { darken, lighten, mix } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, curve, group, linear, path, type Point, rect } from "../svg.ts";
import { paper } from "./watercolor.ts";

/** A woodblock sea: bands of waves with foam fingers, a far mountain, a red sun. Palette: paper, sun, pale, mid, deep. */
export const greatWave: Painter = (scene) => {
  const { width: w, height: h } = scene;
  const [ground, sun, pale, mid, deep] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
  ];
  const crests = Array.from(
    { length: 6 },
    (_, i) =>
      wave(
        scene,
        i,
        ground,
        mix(mix(pale, mid, Math.min(1, i / 2.5)), deep, Math.max(0, (i - 2) / 3)),
        deep,
      ),
  );
  const mx = w * 0.64, my = h * 0.56;
  return {
    layers: [
      paper(scene, ground),
      scene.svg([
        rect(0, 0, w, h * 0.6, `fill="url(#sky)"`),
        circle(w * 0.36, h * 0.3, w * 0.16, `fill="${sun}"`),
        ...bands(scene, pale),
        path(
          `M${mx - w * 0.3} ${my}Q${mx - w * 0.1} ${my - h * 0.05} ${mx - w * 0.035} ${
            my - h * 0.16
          }h${w * 0.07}Q${mx + w * 0.1} ${my - h * 0.05} ${mx + w * 0.3} ${my}Z`,
          `fill="${mix(mid, pale, 0.35)}"`,
        ),
        path(
          `M${mx - w * 0.075} ${my - h * 0.11}L${mx - w * 0.035} ${my - h * 0.16}h${w * 0.07}l${
            w * 0.04
          } ${h * 0.05}l${-w * 0.03} ${-h * 0.012}l${-w * 0.02} ${h * 0.024}l${-w * 0.03} ${
            -h * 0.02
          }l${-w * 0.03} ${h * 0.016}z`,
          `fill="${lighten(ground, 0.6)}"`,
        ),
        ...crests,
      ], {
        blend: "multiply",
        defs: linear("sky", [[0, mid, 0.55], [0.45, pale, 0.2], [1, ground, 0]]),
      }),
    ],
    grain: 0.65,
    vignette: 0.18,
  };
};

function bands({ random, width: w, height: h }: Scene, color: string): string[] {
  return random.times(7, (i) => {
    const y = h * (0.12 + i * 0.05),
      x = w * random.range(-0.2, 0.7),
      long = w * random.range(0.25, 0.6);
    return rect(x, y, long, h * 0.011, `rx="${h * 0.0055}" fill="${color}" opacity="0.55"`);
  });
}

function wave(scene: Scene, index: number, foam: string, color: string, line: string): string {
  const { width: w, height: h, random, noise } = scene;
  const base = h * (0.57 + index * 0.075), size = w * (0.17 + index * 0.045);
  const shift = random.range(-1, 0) * size;
  let outline = `M${-size * 2} ${h * 1.1}L${-size * 2} ${base}`;
  const details: string[] = [], fingers: string[] = [];
  for (let x = shift - size; x < w + size; x += size * 1.5) {
    const tall = size * (0.62 + noise(x * 0.01, index * 3.1) * 0.4);
    const tip: Point = [x + size * 1.16, base - tall * 0.62];
    outline += `L${x} ${base}C${x + size * 0.3} ${base - tall * 0.1} ${x + size * 0.42} ${
      base - tall
    } ${x + size * 0.86} ${base - tall}C${x + size * 1.1} ${base - tall} ${x + size * 1.22} ${
      base - tall * 0.8
    } ${tip[0]} ${tip[1]}C${x + size * 1.1} ${base - tall * 0.78} ${x + size * 0.88} ${
      base - tall * 0.6
    } ${x + size * 0.98} ${base - tall * 0.24}Q${x + size * 1.15} ${base + tall * 0.06} ${
      x + size * 1.5
    } ${base}`;
    for (let k = 1; k < 5; k++) {
      const s = k * 0.085;
      details.push(
        path(
          `M${x + size * s * 1.5} ${base + k * 3}C${x + size * (0.3 + s)} ${base - tall * 0.05} ${
            x + size * (0.42 + s)
          } ${base - tall * (1 - s * 1.3)} ${x + size * (0.84 + s * 0.3)} ${
            base - tall * (0.93 - s * 0.7)
          }`,
          `stroke-width="${(size * 0.02).toFixed(1)}"`,
        ),
      );
    }
    for (let k = 0; k < 17; k++) {
      const t = k / 16, a = Math.PI * (1.02 + t * 1.12);
      const px = x + size * 0.88 + Math.cos(a) * size * 0.27,
        py = base - tall * 0.72 + Math.sin(a) * tall * 0.3;
      fingers.push(circle(px, py, size * random.range(0.022, 0.06), ""));
      if (k > 10) {
        fingers.push(
          circle(
            px + size * random.range(0.02, 0.12),
            py + size * random.range(0.02, 0.15),
            size * random.range(0.01, 0.03),
            "",
          ),
        );
      }
    }
  }
  const streaks = Array.from({ length: 4 }, (_, k) => {
    const points: Point[] = Array.from(
      { length: 15 },
      (
        _,
        i,
      ) => [
        i / 14 * w,
        base + h * (0.025 + k * 0.018) + fbm(noise, i * 0.6, k + index * 5, 2) * h * 0.02,
      ],
    );
    return path(curve(points), `stroke-width="${(size * 0.014).toFixed(1)}" opacity="0.55"`);
  });
  const white = lighten(foam, 0.7);
  return group([
    path(`${outline}L${w * 1.4} ${h * 1.1}Z`, `fill="${white}"`),
    path(
      `${outline}L${w * 1.4} ${h * 1.1}Z`,
      `fill="${color}" stroke="${darken(line, 0.3)}" stroke-width="1.6"`,
    ),
    group(
      [...details, ...streaks],
      `fill="none" stroke="${mix(color, white, 0.72)}" stroke-linecap="round"`,
    ),
    group(fingers, `fill="${white}" stroke="${darken(line, 0.2)}" stroke-width="0.9"`),
  ], "");
}
