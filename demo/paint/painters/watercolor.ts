import { darken, lighten, mix } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, curve, group, path, type Point } from "../svg.ts";

/** Blooms in thin washes on rough paper, edges darker where the water dried, with loose pen lines. */
export const watercolor: Painter = (scene) => {
  const { width: w, height: h, random } = scene;
  const flowers = [[0.5, 0.36, 0.2], [0.27, 0.23, 0.13], [0.75, 0.24, 0.12], [0.3, 0.55, 0.12], [
    0.72,
    0.52,
    0.14,
  ], [0.52, 0.14, 0.08]] as const;
  const greens = [scene.color(-1), scene.color(-2)];
  const foot: Point = [w * 0.5, h * 0.97];
  const stems = flowers.map(([x, y]) => stem(scene, [x * w, y * h], foot, random.pick(greens)));
  const leaves = random.times(13, () => {
    const t = random.range(0.15, 0.75);
    const [fx, fy] = random.pick(flowers);
    return leaf(
      scene,
      foot[0] + (fx * w - foot[0]) * t,
      foot[1] + (fy * h - foot[1]) * t,
      w * random.range(0.1, 0.19),
      random.range(-150, -30),
      random.pick(greens),
    );
  });
  const blooms = flowers.map(([x, y, r], i) =>
    bloom(scene, x * w, y * h, r * w, scene.color(i % (scene.palette.length - 2)))
  );
  return {
    layers: [
      paper(scene),
      scene.svg([...washes(scene), ...stems, ...leaves, ...blooms, ...splatter(scene)], {
        blend: "multiply",
      }),
    ],
    grain: 0.55,
  };
};

/** Cold-pressed paper: two sizes of bumps lit from the left. */
export function paper(scene: Scene, tone = "#fbf6ea") {
  const { noise } = scene;
  const value = parseInt(tone.slice(1), 16);
  const [r, g, b] = [value >> 16, (value >> 8) & 255, value & 255];
  return scene.pixels(0.6, (_u, _v, x, y) => {
    const bump = (noise(x / 3.1, y / 3.1) - noise(x / 3.1 + 0.4, y / 3.1 + 0.3)) * 9 +
      fbm(noise, x / 90, y / 90, 2) * 5;
    return [r + bump, g + bump, b + bump];
  });
}

function blob(
  { noise, random }: Scene,
  x: number,
  y: number,
  r: number,
  rough: number,
  squash = 1,
): Point[] {
  const seed = random.range(0, 900);
  return Array.from({ length: 26 }, (_, k) => {
    const a = k / 26 * Math.PI * 2;
    const bend = 1 + fbm(noise, Math.cos(a) * 1.6 + seed, Math.sin(a) * 1.6, 4) * rough;
    return [x + Math.cos(a) * r * bend, y + Math.sin(a) * r * bend * squash];
  });
}

/** Many nearly equal shapes on top of each other: where they agree the colour is deep, where not it bleeds. */
function wash(
  scene: Scene,
  x: number,
  y: number,
  r: number,
  color: string,
  strength: number,
  squash = 1,
) {
  const layers = scene.random.times(6, (i) => {
    const tint = i % 3 === 0 ? lighten(color, 0.15) : i % 3 === 1 ? darken(color, 0.12) : color;
    return path(
      curve(blob(scene, x, y, r * scene.random.range(0.86, 1.06), 0.55, squash), true),
      `fill="${tint}" opacity="${(strength * 0.24).toFixed(2)}" stroke="${
        darken(color, 0.3)
      }" stroke-opacity="0.5" stroke-width="0.7"`,
    );
  });
  return group(layers);
}

function washes(scene: Scene): string[] {
  const { random, width: w, height: h } = scene;
  return random.times(
    3,
    (i) =>
      wash(
        scene,
        w * random.range(0.15, 0.85),
        h * random.range(0.1, 0.65),
        w * random.range(0.18, 0.34),
        lighten(scene.color(i === 1 ? 3 : 0), 0.45),
        0.5,
      ),
  );
}

function bloom(scene: Scene, x: number, y: number, r: number, color: string): string {
  const { random } = scene;
  const count = random.int(6, 8), turn = random.range(0, 6);
  const petals = random.times(count, (i) => {
    const a = turn + i / count * Math.PI * 2;
    const px = x + Math.cos(a) * r * 0.55, py = y + Math.sin(a) * r * 0.5;
    return wash(
      scene,
      px,
      py,
      r * 0.5,
      mix(color, scene.color(i), 0.18),
      0.62,
      random.range(0.8, 1.1),
    );
  });
  const seeds = random.times(26, () => {
    const a = random.range(0, 6.3), d = r * 0.22 * Math.sqrt(random.next());
    return circle(
      x + Math.cos(a) * d,
      y + Math.sin(a) * d,
      r * random.range(0.012, 0.03),
      `fill="${random.pick(["#5b3a1e", "#d79a2b", "#3a2616"])}" opacity="0.8"`,
    );
  });
  return group([...petals, wash(scene, x, y, r * 0.2, "#e0a52e", 0.9), ...seeds]);
}

function stem(_scene: Scene, [x, y]: Point, [fx, fy]: Point, color: string): string {
  return path(
    `M${fx} ${fy}C${fx} ${fy - (fy - y) * 0.5} ${x} ${y + (fy - y) * 0.45} ${x} ${y}`,
    `fill="none" stroke="${color}" stroke-width="5" opacity="0.65" stroke-linecap="round"`,
  );
}

function leaf(
  scene: Scene,
  x: number,
  y: number,
  long: number,
  turn: number,
  color: string,
): string {
  const shape = (bulge: number) =>
    `M0 0C${long * 0.3} ${-long * bulge} ${long * 0.75} ${-long * bulge * 0.8} ${long} 0C${
      long * 0.7
    } ${long * bulge * 0.6} ${long * 0.3} ${long * bulge * 0.8} 0 0Z`;
  return group([
    ...scene.random.times(
      4,
      () =>
        path(
          shape(scene.random.range(0.18, 0.32)),
          `fill="${mix(color, "#1d4a4a", scene.random.range(0, 0.3))}" opacity="0.28"`,
        ),
    ),
    path(
      `M0 0L${long * 0.92} 0`,
      `stroke="${darken(color, 0.4)}" stroke-width="0.9" opacity="0.6"`,
    ),
  ], `transform="translate(${x} ${y}) rotate(${turn})"`);
}

function splatter(scene: Scene): string[] {
  const { random, width: w, height: h } = scene;
  return random.times(
    60,
    (i) =>
      circle(
        w * random.range(0.03, 0.97),
        h * random.range(0.03, 0.97),
        random.next() ** 3 * 6 + 0.6,
        `fill="${scene.color(i)}" opacity="${random.range(0.2, 0.6).toFixed(2)}"`,
      ),
  );
}
