import { darken, mix } from "../color.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, group, path, type Point, rect } from "../svg.ts";
import { paper } from "./watercolor.ts";

/** A plate from an old flora: ferns and branches grown by rules, plate border and pressed tones. */
export const botanical: Painter = (scene) => {
  const { width: w, height: h, random } = scene;
  const [ground, ...inks] = scene.palette as [string, ...string[]];
  const plants = [
    fern(scene, [w * 0.5, h * 0.9], h * 0.68, -90, inks[0]!),
    fern(scene, [w * 0.46, h * 0.9], h * 0.42, -128, inks[1]!),
    fern(scene, [w * 0.54, h * 0.9], h * 0.4, -54, inks[2]!),
    sprig(scene, [w * 0.5, h * 0.9], h * 0.4, -108, inks[3]!, inks[1]!),
    sprig(scene, [w * 0.51, h * 0.9], h * 0.44, -68, inks[4]!, inks[0]!),
    ...random.times(
      7,
      (i) =>
        grass(
          [w * (0.44 + i * 0.02), h * 0.9],
          h * random.range(0.12, 0.3),
          random.range(-130, -50),
          mix(inks[0]!, inks[1]!, i / 7),
        ),
    ),
  ];
  const frame = Math.min(w, h) * 0.05;
  return {
    layers: [
      paper(scene, ground),
      scene.svg([
        rect(
          frame,
          frame,
          w - frame * 2,
          h - frame * 2,
          `fill="none" stroke="${inks[0]}" stroke-width="1.4" opacity="0.55"`,
        ),
        rect(
          frame + 5,
          frame + 5,
          w - frame * 2 - 10,
          h - frame * 2 - 10,
          `fill="none" stroke="${inks[0]}" stroke-width="0.5" opacity="0.5"`,
        ),
        ...plants,
        path(
          `M${w * 0.4} ${h * 0.9}q${w * 0.1} ${h * 0.012} ${w * 0.2} 0`,
          `fill="none" stroke="${darken(inks[0]!, 0.4)}" stroke-width="1"`,
        ),
      ], { blend: "multiply" }),
    ],
    grain: 0.6,
    vignette: 0.16,
  };
};

const along = (
  from: Point,
  angle: number,
  length: number,
): Point => [
  from[0] + Math.cos(angle * Math.PI / 180) * length,
  from[1] + Math.sin(angle * Math.PI / 180) * length,
];

function leaf(
  [x, y]: Point,
  angle: number,
  long: number,
  wide: number,
  color: string,
  vein = true,
): string {
  return group([
    path(
      `M0 0C${long * 0.25} ${-wide} ${long * 0.7} ${-wide * 0.8} ${long} 0C${long * 0.7} ${
        wide * 0.8
      } ${long * 0.25} ${wide} 0 0Z`,
      `fill="${color}" opacity="0.88"`,
    ),
    vein
      ? path(
        `M0 0L${long * 0.95} 0`,
        `stroke="${darken(color, 0.35)}" stroke-width="0.7" opacity="0.8"`,
      )
      : "",
  ], `transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(1)})"`);
}

/** A stalk that bends a little with every step, leaflets in pairs, each made of smaller ones. */
function fern({ random }: Scene, foot: Point, high: number, angle: number, color: string): string {
  const parts: string[] = [], steps = 26, bend = random.range(-1.1, 1.1);
  let at = foot, turn = angle;
  let stalk = `M${at[0]} ${at[1]}`;
  for (let i = 0; i < steps; i++) {
    at = along(at, turn, high / steps);
    turn += bend + (angle + 90) * 0.02;
    stalk += `L${at[0].toFixed(1)} ${at[1].toFixed(1)}`;
    if (i < 4) continue;
    const t = (i - 4) / (steps - 4),
      long = high * 0.3 * Math.sin(Math.PI * (0.12 + t * 0.85)) ** 0.8;
    for (const side of [-1, 1]) {
      let sub = at;
      const heading = turn + side * (64 - t * 26);
      const tone = mix(color, random.chance(0.5) ? "#e9d9a6" : "#0f2f2a", random.range(0, 0.2));
      const count = 11;
      for (let k = 0; k < count; k++) {
        sub = along(sub, heading - side * k * 1.2, long / count);
        const small = long * 0.22 * (1 - k / count * 0.8);
        parts.push(
          leaf(sub, heading - 58, small, small * 0.26, tone, false),
          leaf(sub, heading + 58, small, small * 0.26, tone, false),
        );
      }
      parts.push(
        path(
          `M${at[0]} ${at[1]}L${sub[0]} ${sub[1]}`,
          `stroke="${darken(color, 0.3)}" stroke-width="0.8"`,
        ),
      );
    }
  }
  return group([
    path(stalk, `fill="none" stroke="${darken(color, 0.35)}" stroke-width="2.2"`),
    ...parts,
  ]);
}

function sprig(
  { random }: Scene,
  foot: Point,
  high: number,
  angle: number,
  flower: string,
  green: string,
): string {
  const parts: string[] = [];
  const grow = (from: Point, turn: number, long: number, depth: number) => {
    const to = along(from, turn, long);
    parts.push(
      path(
        `M${from[0]} ${from[1]}L${to[0]} ${to[1]}`,
        `stroke="${darken(green, 0.25)}" stroke-width="${
          0.6 + depth * 0.55
        }" stroke-linecap="round"`,
      ),
    );
    if (depth === 0) {
      const r = high * random.range(0.018, 0.034);
      for (let k = 0; k < 5; k++) {
        parts.push(
          leaf(
            to,
            turn + k * 72,
            r * 1.5,
            r * 0.62,
            mix(flower, "#fff3dc", random.range(0, 0.3)),
            false,
          ),
        );
      }
      parts.push(circle(to[0], to[1], r * 0.32, `fill="${darken(flower, 0.45)}"`));
      return;
    }
    if (depth < 4) {
      parts.push(leaf(to, turn + random.pick([-52, 52]), high * 0.09, high * 0.022, green));
    }
    const forks = depth > 3 ? 1 : 2;
    for (let k = 0; k < forks; k++) {
      grow(
        to,
        turn + (forks === 1 ? random.range(-9, 9) : (k ? 1 : -1) * random.range(11, 33)),
        long * random.range(0.68, 0.9),
        depth - 1,
      );
    }
  };
  grow(foot, angle, high * 0.3, 5);
  return group(parts);
}

function grass([x, y]: Point, high: number, angle: number, color: string): string {
  const [tx, ty] = along([x, y], angle, high);
  return path(
    `M${x - 3} ${y}Q${x} ${y - high * 0.7} ${tx} ${ty}Q${x + 6} ${y - high * 0.6} ${x + 3} ${y}Z`,
    `fill="${color}" opacity="0.75"`,
  );
}
