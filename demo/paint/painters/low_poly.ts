import { hexOf, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { group, path, type Point, polyline, rect } from "../svg.ts";

type Solid = [number, number, number];

/** Facets lit from the left: a fox's head, drawn as triangles on both sides of its axis. Palette: ground, coat dark to light, chest, ink. */
export const lowPolyFox: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [ground, glow, ...coat] = scene.palette as [string, string, ...string[]];
  const fur = ramp(coat);
  const back: string[] = [];
  const cols = 9, rows = Math.round(cols * h / w);
  const grid: Point[][] = Array.from(
    { length: rows + 1 },
    (_, y) =>
      Array.from({ length: cols + 1 }, (_, x) => [
        (x + (x % cols ? random.range(-0.36, 0.36) : 0)) * w / cols,
        (y + (y % rows ? random.range(-0.36, 0.36) : 0)) * h / rows,
      ]),
  );
  const night = ramp([ground, glow]);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      const [a, b, c, d] = [grid[y]![x]!, grid[y]![x + 1]!, grid[y + 1]![x + 1]!, grid[y + 1]![x]!];
      for (const points of [[a, b, c], [a, c, d]]) {
        const t = 0.9 - Math.hypot(points[0]![0] - w / 2, points[0]![1] - h * 0.45) / w * 1.15 +
          random.range(-0.1, 0.1) + fbm(noise, x * 0.3, y * 0.3, 2) * 0.3;
        const fill = hexOf(night(t));
        back.push(path(`${polyline(points)}Z`, `fill="${fill}" stroke="${fill}"`));
      }
    }
  }
  // x from the axis, y down, tone 0 (dark) to 1 (light); mirrored for the other half.
  const v: Record<string, [number, number]> = {
    crown: [0, -0.3],
    brow: [0.13, -0.28],
    earIn: [0.17, -0.36],
    earTip: [0.36, -0.72],
    earOut: [0.43, -0.24],
    earMid: [0.31, -0.4],
    fore: [0, -0.08],
    eyeIn: [0.1, 0.0],
    eyeOut: [0.25, -0.07],
    temple: [0.36, -0.06],
    cheek: [0.53, 0.16],
    jowl: [0.38, 0.25],
    tuft: [0.27, 0.4],
    muzzle: [0.13, 0.22],
    bridge: [0.06, 0.14],
    noseTop: [0.055, 0.4],
    nose: [0, 0.39],
    tip: [0, 0.46],
    jaw: [0.12, 0.44],
    chin: [0, 0.53],
    neck: [0.3, 0.62],
    chest: [0, 0.9],
    shoulder: [0.5, 0.95],
    mane: [0.47, 0.45],
  };
  const faces: [string, string, string, number][] = [
    ["earIn", "earTip", "earMid", 0.3],
    ["earTip", "earOut", "earMid", 0.5],
    ["earIn", "earMid", "brow", 0.05],
    ["earMid", "earOut", "temple", 0.12],
    ["earMid", "temple", "brow", 0.45],
    ["crown", "brow", "fore", 0.62],
    ["brow", "eyeIn", "fore", 0.52],
    ["brow", "eyeOut", "eyeIn", 0.42],
    ["brow", "temple", "eyeOut", 0.56],
    ["earOut", "cheek", "temple", 0.5],
    ["fore", "eyeIn", "bridge", 0.68],
    ["fore", "bridge", "nose", 0.75],
    ["bridge", "noseTop", "nose", 0.6],
    ["eyeIn", "muzzle", "bridge", 0.5],
    ["bridge", "muzzle", "noseTop", 0.84],
    ["eyeIn", "eyeOut", "muzzle", 0.9],
    ["eyeOut", "temple", "cheek", 0.62],
    ["eyeOut", "cheek", "jowl", 0.94],
    ["eyeOut", "jowl", "muzzle", 0.99],
    ["muzzle", "jowl", "tuft", 0.88],
    ["muzzle", "tuft", "jaw", 0.96],
    ["muzzle", "jaw", "noseTop", 0.92],
    ["noseTop", "tip", "nose", -1],
    ["noseTop", "jaw", "tip", 0.8],
    ["jaw", "chin", "tip", 0.72],
    ["cheek", "mane", "jowl", 0.46],
    ["jowl", "mane", "tuft", 0.36],
    ["tuft", "mane", "neck", 0.3],
    ["tuft", "neck", "jaw", 0.62],
    ["jaw", "neck", "chin", 0.86],
    ["chin", "neck", "chest", 0.97],
    ["neck", "mane", "shoulder", 0.2],
    ["neck", "shoulder", "chest", 0.42],
  ];
  const s = Math.min(w, h * 0.8) * 0.72, cx = w / 2, cy = h * 0.45;
  const place = (
    name: string,
    side: number,
  ): Point => [cx + v[name]![0] * s * side, cy + v[name]![1] * s];
  const animal = [-1, 1].flatMap((side) =>
    faces.map(([a, b, c, tone]) => {
      const lit = tone < 0
        ? "#17131c"
        : hexOf(fur(tone + (side < 0 ? 0.05 : -0.09) + random.range(-0.025, 0.025)));
      return path(
        `${polyline([place(a, side), place(b, side), place(c, side)])}Z`,
        `fill="${lit}" stroke="${lit}"`,
      );
    })
  );
  const eyes = [-1, 1].map((side) => {
    const at = (x: number, y: number): Point => [cx + x * s * side, cy + y * s];
    return path(
      `${polyline([at(0.1, 0.0), at(0.165, -0.05), at(0.25, -0.07), at(0.185, 0.012)])}Z`,
      `fill="#17131c"`,
    ) +
      path(
        `${polyline([at(0.15, -0.03), at(0.185, -0.048), at(0.2, -0.02), at(0.17, 0.0)])}Z`,
        `fill="#ffc24a"`,
      );
  });
  return {
    layers: [
      scene.svg([
        rect(0, 0, w, h, `fill="${ground}"`),
        group(back, `stroke-width="1"`),
        group(animal, `stroke-width="1" stroke-linejoin="round"`),
        ...eyes,
      ]),
    ],
    bloom: 0.2,
    grain: 0.25,
    vignette: 0.35,
  };
};

/** A cluster of crystals: prisms of six facets with a pointed end, standing in a fan. Palette: dark ground, then the gem from deep to bright. */
export const crystals: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [ground, ...gem] = scene.palette as [string, ...string[]];
  const tone = ramp(gem);
  const backdrop = ramp([ground, gem[0]!, gem[1]!]);
  const back = scene.pixels(
    0.25,
    (u, v) =>
      backdrop(
        0.85 - Math.hypot(u - 0.5, (v - 0.52) * h / w) * 1.35 + fbm(noise, u * 4, v * 4, 3) * 0.16,
      ),
  );
  const cluster = random.times(
    17,
    (i) => ({ lean: (i - 8) / 8, tall: (1 - Math.abs(i - 8) / 11) * random.range(0.62, 1.1) }),
  )
    .sort((a, b) => b.tall - a.tall);
  const solids = cluster.map(({ lean, tall }) =>
    prism(
      w * (0.5 + lean * 0.2),
      h * (0.83 + (1 - tall) * 0.05),
      h * 0.62 * tall,
      w * random.range(0.045, 0.085),
      lean * 44 + random.gauss() * 4,
    )
  );
  function prism(x: number, y: number, long: number, r: number, turn: number): string {
    const bands: Solid[] = [[-1, -0.45, 0.2], [-0.45, 0.25, 0.9], [0.25, 0.7, 0.55], [0.7, 1, 0.1]];
    const parts = bands.flatMap(([from, to, shade]) => {
      const cut = long * (0.78 - Math.abs(from + to) * 0.03), jitter = random.range(-0.09, 0.09);
      const body = hexOf(tone(shade * 0.8 + jitter)),
        point = hexOf(tone(shade * 0.85 + 0.2 + jitter));
      const base: Point[] = [[from * r, 0], [to * r, 0], [to * r, -cut], [from * r, -cut]];
      return [
        path(`${polyline(base)}Z`, `fill="${body}" opacity="0.92"`),
        path(
          `${polyline([[from * r, -cut], [to * r, -cut], [r * 0.12, -long]])}Z`,
          `fill="${point}" opacity="0.95"`,
        ),
        path(
          polyline([[from * r, 0], [from * r, -cut], [r * 0.12, -long]]),
          `fill="none" stroke="#fff" stroke-opacity="0.45" stroke-width="1"`,
        ),
        path(
          `${
            polyline([[from * r, -long * 0.1], [to * r, -long * random.range(0.3, 0.5)], [
              to * r,
              -long * 0.62,
            ], [from * r, -long * random.range(0.3, 0.55)]])
          }Z`,
          `fill="#fff" opacity="0.1"`,
        ),
      ];
    });
    return group(
      parts,
      `transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})"`,
    );
  }
  const rubble = random.times(
    26,
    () =>
      prism(
        w * (0.5 + random.gauss() * 0.17),
        h * random.range(0.84, 0.9),
        h * random.range(0.05, 0.13),
        w * 0.022,
        random.gauss() * 35,
      ),
  );
  const dust = random.times(
    70,
    () =>
      `<circle cx="${random.range(0, w).toFixed(1)}" cy="${random.range(0, h).toFixed(1)}" r="${
        (random.next() ** 3 * 2.6 + 0.4).toFixed(1)
      }" opacity="${random.range(0.2, 0.9).toFixed(2)}"/>`,
  );
  return {
    layers: [
      back,
      scene.svg([
        `<ellipse cx="${w / 2}" cy="${h * 0.89}" rx="${w * 0.42}" ry="${
          h * 0.05
        }" fill="#000" opacity="0.4"/>`,
        ...solids,
        ...rubble,
        group(dust, `fill="${gem.at(-1)}"`),
      ]),
    ],
    bloom: 0.7,
    grain: 0.25,
    vignette: 0.45,
  };
};
