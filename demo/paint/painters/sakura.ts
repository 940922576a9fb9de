import { darken, lighten, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, group, path, type Point, radial } from "../svg.ts";

/** A blossoming branch before a large moon, petals on the wind, a pagoda far below. Palette: sky top, sky low, moon, blossom, bark. */
export const sakura: Painter = (scene) => {
  const { width: w, height: h, noise, random } = scene;
  const [top, low, moon, blossom, bark] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
  ];
  const sky = ramp([top, mix(top, low, 0.5), low, lighten(low, 0.2)]);
  const back = scene.pixels(0.3, (u, v) => sky(v * 1.05 + fbm(noise, u * 2.5, v * 6, 4) * 0.16));
  const mx = w * 0.58, my = h * 0.36, mr = Math.min(w, h) * 0.27;
  const craters = random.times(11, () => {
    const a = random.range(0, 6.3), d = mr * Math.sqrt(random.next()) * 0.85;
    return circle(
      mx + Math.cos(a) * d,
      my + Math.sin(a) * d,
      mr * random.range(0.05, 0.2),
      `fill="${darken(moon, 0.12)}" opacity="0.4"`,
    );
  });
  const hill = (base: number, seed: number) =>
    path(
      `M0 ${h}` + Array.from({ length: 40 }, (_, k) =>
        `L${k / 39 * w} ${h * base - fbm(noise, k * 0.11 + seed, seed, 4) * h * 0.1}`).join("") +
        `L${w} ${h}Z`,
      `fill="${mix(low, top, 0.25 + seed * 0.16)}"`,
    );
  const { wood, flowers } = branch(scene, [-w * 0.04, h * 0.86], blossom, bark);
  const petals = random.times(
    60,
    () =>
      petal(
        random.range(0, w),
        random.range(0, h),
        w * random.range(0.006, 0.015),
        random.range(0, 360),
        lighten(blossom, random.range(0, 0.6)),
        random.range(0.5, 1),
      ),
  );
  return {
    layers: [
      back,
      scene.svg([
        circle(mx, my, mr * 2, `fill="url(#halo)"`),
        circle(mx, my, mr, `fill="${moon}"`),
        ...craters,
        hill(0.83, 1),
        hill(0.89, 2),
        pagoda(w * 0.8, h * 0.9, h * 0.2, darken(top, 0.4), moon),
        hill(0.96, 3),
        ...wood,
        ...flowers,
        ...petals,
      ], { defs: radial("halo", [[0, moon, 0.75], [0.5, moon, 0.24], [1, moon, 0]]) }),
    ],
    bloom: 0.45,
    grain: 0.4,
    vignette: 0.3,
  };
};

const petal = (
  x: number,
  y: number,
  s: number,
  turn: number,
  fill: string,
  opacity: number,
): string =>
  path(
    `M0 0C${-s} ${-s * 0.6} ${-s * 0.7} ${-s * 1.7} ${-s * 0.15} ${-s * 1.7}L0 ${-s * 1.5}L${
      s * 0.15
    } ${-s * 1.7}C${s * 0.7} ${-s * 1.7} ${s} ${-s * 0.6} 0 0Z`,
    `fill="${fill}" opacity="${opacity.toFixed(2)}" transform="translate(${x.toFixed(1)} ${
      y.toFixed(1)
    }) rotate(${turn.toFixed(0)})"`,
  );

function branch(
  scene: Scene,
  foot: Point,
  blossom: string,
  bark: string,
): { wood: string[]; flowers: string[] } {
  const { width: w, random } = scene, wood: string[] = [], flowers: string[] = [];
  const grow = (
    x: number,
    y: number,
    angle: number,
    long: number,
    thick: number,
    depth: number,
  ) => {
    const steps = 4;
    for (let k = 0; k < steps; k++) {
      const nx = x + Math.cos(angle) * long / steps, ny = y + Math.sin(angle) * long / steps;
      wood.push(
        path(
          `M${x.toFixed(1)} ${y.toFixed(1)}L${nx.toFixed(1)} ${ny.toFixed(1)}`,
          `stroke="${depth > 3 ? bark : lighten(bark, 0.06)}" stroke-width="${
            (thick * (1 - k * 0.07)).toFixed(1)
          }" stroke-linecap="round"`,
        ),
      );
      [x, y] = [nx, ny];
      angle += random.gauss() * 0.16;
      if (depth < 4) {
        for (let f = 0; f < 2; f++) {
          if (random.chance(0.6)) {
            flowers.push(
              flower(
                scene,
                x + random.gauss() * w * 0.022,
                y + random.gauss() * w * 0.022,
                w * random.range(0.011, 0.023),
                blossom,
              ),
            );
          }
        }
      }
    }
    if (depth === 0) return;
    grow(
      x,
      y,
      angle + random.range(0.12, 0.55),
      long * random.range(0.62, 0.8),
      thick * 0.62,
      depth - 1,
    );
    grow(
      x,
      y,
      angle - random.range(0.12, 0.62),
      long * random.range(0.62, 0.82),
      thick * 0.66,
      depth - 1,
    );
  };
  grow(foot[0], foot[1], -1.02, w * 0.34, w * 0.05, 6);
  return { wood, flowers };
}

function flower({ random }: Scene, x: number, y: number, s: number, color: string): string {
  const tone = mix(color, "#ffffff", random.range(0, 0.65)), turn = random.range(0, 72);
  return group([
    ...Array.from({ length: 5 }, (_, i) => petal(0, 0, s * 0.62, turn + i * 72, tone, 0.95)),
    circle(0, 0, s * 0.2, `fill="${darken(color, 0.35)}"`),
  ], `transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"`);
}

function pagoda(x: number, foot: number, high: number, ink: string, lit: string): string {
  const tiers = [0, 1, 2, 3, 4].map((k) => {
    const y = foot - k * high * 0.18, s = high * (0.25 - k * 0.032);
    return path(
      `M${x - s * 0.62} ${y}V${y - high * 0.12}H${x + s * 0.62}V${y}ZM${x - s * 1.2} ${
        y - high * 0.1
      }Q${x - s * 0.6} ${y - high * 0.12} ${x - s * 0.5} ${y - high * 0.18}H${x + s * 0.5}Q${
        x + s * 0.6
      } ${y - high * 0.12} ${x + s * 1.2} ${y - high * 0.1}Z`,
      "",
    ) +
      (k < 4
        ? `<rect x="${x - s * 0.12}" y="${y - high * 0.07}" width="${s * 0.24}" height="${
          high * 0.05
        }" fill="${lit}"/>`
        : "");
  });
  return group([
    ...tiers,
    path(`M${x - 1.4} ${foot - high * 0.88}V${foot - high * 1.14}h2.8V${foot - high * 0.88}Z`, ""),
  ], `fill="${ink}"`);
}
