import { lighten, mix, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { blur, circle, curve, group, linear, path, type Point, radial } from "../svg.ts";

/** Jellyfish that light their own water. Palette: abyss, sea, light, then one colour per animal. */
export const jellyfish: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [abyss, sea, light, ...kinds] = scene.palette as [string, string, string, ...string[]];
  const depth = ramp([light, sea, abyss, mix(abyss, "#000000", 0.5)]);
  const water = scene.pixels(0.3, (u, v) => {
    const ray = Math.max(0, fbm(noise, (u - 0.4) * 7 / (v + 0.7), 3, 3)) * (1 - v) * 0.75;
    const [r, g, b] = depth(0.16 + v * 0.85 + fbm(noise, u * 3, v * 3, 3) * 0.12 - ray * 0.55);
    return [r, g, b] as Rgb;
  });
  const animals = [[0.56, 0.33, 0.2], [0.22, 0.58, 0.1], [0.83, 0.66, 0.085], [0.17, 0.2, 0.065], [
    0.87,
    0.14,
    0.05,
  ]] as const;
  const defs = blur("glow", w / 28) +
    kinds.map((color, i) =>
      radial(
        `bell${i}`,
        [[0, lighten(color, 0.75), 0.95], [0.55, color, 0.6], [0.9, lighten(color, 0.35), 0.75], [
          1,
          lighten(color, 0.6),
          0.9,
        ]],
        0.5,
        0.75,
        0.8,
      ) +
      linear(`arm${i}`, [[0, lighten(color, 0.5), 0.85], [1, color, 0]])
    ).join("");
  return {
    layers: [
      water,
      scene.svg([
        ...animals.toReversed().map(([x, y, r], i) =>
          jelly(scene, x * w, y * h, r * w, (animals.length - 1 - i) % kinds.length, kinds)
        ),
        ...random.times(
          110,
          () =>
            circle(
              random.range(0, w),
              random.range(0, h),
              random.next() ** 4 * 3.4 + 0.4,
              `fill="#dff6ff" opacity="${random.range(0.12, 0.6).toFixed(2)}"`,
            ),
        ),
      ], { blend: "screen", defs }),
    ],
    bloom: 0.75,
    grain: 0.25,
    vignette: 0.4,
  };
};

function jelly(
  { random, noise }: Scene,
  x: number,
  y: number,
  r: number,
  kind: number,
  kinds: string[],
): string {
  const color = kinds[kind]!, turn = random.range(-16, 16);
  const bell = `M${-r} 0C${-r * 1.08} ${-r * 1.35} ${r * 1.08} ${-r * 1.35} ${r} 0` +
    Array.from({ length: 8 }, () => `q${-r / 8} ${r * 0.16} ${-r / 4} 0`).join("") + "Z";
  const strand = (from: number, long: number, sway: number, seed: number): string => {
    const points: Point[] = Array.from({ length: 12 }, (_, k) => {
      const t = k / 11;
      return [from * (1 + t * 0.12) + fbm(noise, seed, t * 2.2, 2) * r * sway * t * 2.2, t * long];
    });
    return curve(points);
  };
  const tentacles = random.times(
    24,
    (i) =>
      path(
        strand((i / 23 - 0.5) * 1.85 * r, r * random.range(2, 3.9), 0.8, i * 0.31),
        `stroke="url(#arm${kind})" stroke-width="${
          (r * random.range(0.008, 0.022)).toFixed(2)
        }" fill="none"`,
      ),
  );
  const arms = random.times(
    6,
    (i) =>
      path(
        strand((i / 5 - 0.5) * 0.75 * r, r * random.range(1.4, 2.5), 0.7, 50 + i * 0.7),
        `stroke="url(#arm${kind})" stroke-width="${
          (r * random.range(0.08, 0.17)).toFixed(2)
        }" fill="none" stroke-linecap="round" opacity="0.5"`,
      ),
  );
  const ribs = [-0.72, -0.42, -0.14, 0.14, 0.42, 0.72].map((k) =>
    path(
      `M0 ${-r * 0.98}Q${k * r * 1.25} ${-r * 0.85} ${k * r * 1.02} 0`,
      `fill="none" stroke="${lighten(color, 0.7)}" stroke-width="${r * 0.012}" opacity="0.5"`,
    )
  );
  const organs = [0, 90, 180, 270].map((a) =>
    `<ellipse cx="0" cy="${-r * 0.17}" rx="${r * 0.12}" ry="${r * 0.19}" transform="rotate(${a} 0 ${
      -r * 0.4
    }) " fill="none" stroke="${lighten(color, 0.65)}" stroke-width="${r * 0.03}" opacity="0.6"/>`
  );
  return group([
    circle(0, -r * 0.3, r * 1.25, `fill="${color}" opacity="0.5" filter="url(#glow)"`),
    ...tentacles,
    ...arms,
    path(
      bell,
      `fill="url(#bell${kind})" stroke="${lighten(color, 0.6)}" stroke-width="${r * 0.012}"`,
    ),
    ...ribs,
    group(organs, `transform="scale(1 0.8)"`),
  ], `transform="translate(${x} ${y}) rotate(${turn.toFixed(1)})"`);
}
