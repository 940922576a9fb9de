import { darken, lighten, mix } from "../color.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, group, path, radial, rect } from "../svg.ts";
import { paper } from "./watercolor.ts";

/** A tarot card: half sun, half moon, engraved rays, an eye's calm, stars and phases in a frame. Palette: ground, gold, pale, accent. */
export const celestial: Painter = (scene) => {
  const { width: w, height: h } = scene;
  const [ground, gold, pale, accent] = scene.palette as [string, string, string, string];
  const cx = w / 2, cy = h * 0.45, r = Math.min(w * 0.172, h * 0.15), m = w * 0.05;
  const fine = `fill="none" stroke="${gold}" stroke-width="1.3"`,
    bold = `fill="none" stroke="${gold}" stroke-width="3"`;
  return {
    layers: [
      scene.svg(rect(0, 0, w, h, `fill="url(#ground)"`), {
        defs: radial(
          "ground",
          [[0, lighten(ground, 0.14)], [1, darken(ground, 0.4)]],
          0.5,
          0.45,
          0.75,
        ),
      }),
      scene.svg([
        rect(m, m, w - 2 * m, h - 2 * m, `rx="18" ${bold}`),
        rect(m + 9, m + 9, w - 2 * m - 18, h - 2 * m - 18, `rx="12" ${fine}`),
        ...corners(w, h, m, gold),
        ...rays(cx, cy, r, gold, pale),
        circle(cx, cy, r * 2.35, fine),
        circle(cx, cy, r * 2.45, `${bold} stroke-dasharray="1 11" stroke-linecap="round"`),
        ...face(cx, cy, r, ground, gold, pale, accent),
        ...sprinkle(scene, cx, cy, r * 2.6, gold, pale),
        ...phases(cx, h * 0.81, w * 0.037, ground, pale, gold),
        ...waves(w, h, m, gold),
        ...constellation(scene, m, gold, pale),
      ]),
      { ...paper(scene, "#ececec"), blend: "multiply" },
    ],
    bloom: 0.25,
    grain: 0.4,
    vignette: 0.3,
  };
};

function rays(cx: number, cy: number, r: number, gold: string, pale: string): string[] {
  return Array.from({ length: 32 }, (_, i) => {
    const a = i / 32 * Math.PI * 2, long = r * (i % 2 ? 1.62 : 2.15), wide = i % 2 ? 0.05 : 0.085;
    const at = (rr: number, aa: number) =>
      `${(cx + Math.cos(aa) * rr).toFixed(1)} ${(cy + Math.sin(aa) * rr).toFixed(1)}`;
    if (i % 2) {
      return path(
        `M${at(r * 1.12, a - wide)}Q${at(r * 1.35, a + 0.12)} ${at(r * 1.48, a)}T${
          at(long * 1.1, a)
        }Q${at(r * 1.5, a + 0.05)} ${at(r * 1.36, a + 0.1)}T${at(r * 1.12, a + wide)}Z`,
        `fill="${gold}"`,
      );
    }
    return path(
      `M${at(r * 1.1, a - wide)}L${at(long, a)}L${at(r * 1.1, a + wide)}Z`,
      `fill="${pale}" stroke="${gold}" stroke-width="1.2"`,
    ) + path(`M${at(r * 1.1, a)}L${at(long, a)}L${at(r * 1.1, a + wide)}Z`, `fill="${gold}"`);
  });
}

function face(
  cx: number,
  cy: number,
  r: number,
  ground: string,
  gold: string,
  pale: string,
  accent: string,
): string[] {
  const ink = darken(ground, 0.3),
    line = (d: string, width = 2.2) =>
      path(d, `fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round"`);
  const eye = (side: number) => {
    const x = cx + side * r * 0.38, y = cy - r * 0.08, s = r * 0.2;
    return path(
      `M${x - s} ${y}Q${x} ${y - s * 0.95} ${x + s} ${y}Q${x} ${y + s * 0.7} ${x - s} ${y}Z`,
      `fill="#fffaf0" stroke="${ink}" stroke-width="2"`,
    ) +
      circle(x, y - s * 0.06, s * 0.36, `fill="${accent}"`) +
      circle(x, y - s * 0.06, s * 0.17, `fill="${ink}"`) +
      line(
        `M${x - s * 1.15} ${y - s * 0.62}Q${x} ${y - s * 1.65} ${x + s * 1.15} ${y - s * 0.62}`,
        2.6,
      );
  };
  const shade = Array.from(
    { length: 12 },
    (_, i) =>
      `M${cx + r * (0.42 + i * 0.04)} ${cy + r * (0.72 - i * 0.09)}q${r * 0.06} ${-r * 0.1} ${
        r * 0.09
      } ${-r * 0.22}`,
  );
  return [
    circle(cx, cy, r * 1.1, `fill="${ground}" stroke="${gold}" stroke-width="3"`),
    circle(cx, cy, r, `fill="${gold}"`),
    path(
      `M${cx} ${cy - r}A${r} ${r} 0 0 0 ${cx} ${cy + r}Q${cx - r * 0.14} ${cy + r * 0.5} ${
        cx - r * 0.02
      } ${cy + r * 0.2}Q${cx - r * 0.3} ${cy - r * 0.3} ${cx} ${cy - r}Z`,
      `fill="${pale}"`,
    ),
    line(shade.join(""), 1.1),
    eye(-1),
    eye(1),
    line(
      `M${cx + r * 0.02} ${cy - r * 0.2}Q${cx - r * 0.13} ${cy + r * 0.2} ${cx - r * 0.1} ${
        cy + r * 0.28
      }Q${cx} ${cy + r * 0.36} ${cx + r * 0.1} ${cy + r * 0.27}`,
    ),
    path(
      `M${cx - r * 0.26} ${cy + r * 0.53}Q${cx - r * 0.08} ${cy + r * 0.44} ${cx} ${
        cy + r * 0.49
      }Q${cx + r * 0.08} ${cy + r * 0.44} ${cx + r * 0.26} ${cy + r * 0.53}Q${cx} ${cy + r * 0.7} ${
        cx - r * 0.26
      } ${cy + r * 0.53}Z`,
      `fill="${mix(accent, "#c2383a", 0.7)}" stroke="${ink}" stroke-width="1.4"`,
    ),
    circle(cx - r * 0.55, cy + r * 0.33, r * 0.12, `fill="#d8745a" opacity="0.35"`),
    circle(cx + r * 0.55, cy + r * 0.33, r * 0.12, `fill="#d8745a" opacity="0.35"`),
  ];
}

const star = (x: number, y: number, r: number, points: number, fill: string): string =>
  path(
    Array.from({ length: points * 2 }, (_, i) => {
      const a = i / points * Math.PI - Math.PI / 2, rr = i % 2 ? r * 0.28 : r;
      return `${i ? "L" : "M"}${(x + Math.cos(a) * rr).toFixed(1)} ${
        (y + Math.sin(a) * rr).toFixed(1)
      }`;
    }).join("") + "Z",
    `fill="${fill}"`,
  );

function sprinkle(
  { random, width: w, height: h }: Scene,
  cx: number,
  cy: number,
  clear: number,
  gold: string,
  pale: string,
): string[] {
  return random.times(120, () => {
    const x = random.range(0.1, 0.9) * w, y = random.range(0.08, 0.76) * h;
    if (Math.hypot(x - cx, y - cy) < clear) return "";
    const s = random.next() ** 3 * w * 0.02 + 1;
    return s > 5
      ? star(x, y, s, random.pick([4, 4, 6, 8]), random.pick([gold, pale]))
      : circle(x, y, s * 0.5, `fill="${gold}" opacity="0.8"`);
  });
}

function phases(
  cx: number,
  y: number,
  r: number,
  ground: string,
  pale: string,
  gold: string,
): string[] {
  return [-3, -2, -1, 0, 1, 2, 3].map((k) => {
    const x = cx + k * r * 2.75,
      size = r * (1 - Math.abs(k) * 0.13),
      shift = Math.sign(k) * size * (0.35 + (3 - Math.abs(k)) * 0.45);
    return `<clipPath id="p${k + 3}"><circle cx="${x}" cy="${y}" r="${size}"/></clipPath>` +
      circle(x, y, size, `fill="${pale}"`) +
      (k
        ? circle(
          x - shift,
          y,
          size * 1.06,
          `fill="${darken(ground, 0.15)}" clip-path="url(#p${k + 3})"`,
        )
        : "") +
      circle(x, y, size, `fill="none" stroke="${gold}" stroke-width="1.5"`);
  });
}

function waves(w: number, h: number, m: number, gold: string): string[] {
  return [0, 1, 2].map((row) => {
    const y = h - m - h * 0.036 - row * h * 0.019, s = w * 0.0375;
    return path(
      `M${m + 14} ${y}` +
        Array.from(
          { length: Math.round((w - 2 * m - 28) / s) },
          () => `q${s / 2} ${-s * 0.75} ${s} 0`,
        ).join(""),
      `fill="none" stroke="${gold}" stroke-width="1.3" opacity="${1 - row * 0.28}"`,
    );
  });
}

function corners(w: number, h: number, m: number, gold: string): string[] {
  return [[m, m, 1, 1], [w - m, m, -1, 1], [m, h - m, 1, -1], [w - m, h - m, -1, -1]].map((
    [x, y, sx, sy],
  ) =>
    group([
      path(
        "M14 60Q16 16 60 14M14 42Q22 22 42 14",
        `fill="none" stroke="${gold}" stroke-width="1.3"`,
      ),
      star(31, 31, 12, 8, gold),
    ], `transform="translate(${x} ${y}) scale(${sx} ${sy})"`)
  );
}

function constellation(
  { random, width: w, height: h }: Scene,
  m: number,
  gold: string,
  pale: string,
): string[] {
  let x = w * 0.2;
  const points = random.times(
    7,
    () => [x += w * random.range(0.05, 0.11), m + h * random.range(0.045, 0.115)] as const,
  );
  return [
    path(
      points.map(([px, py], i) => `${i ? "L" : "M"}${px} ${py}`).join(""),
      `fill="none" stroke="${gold}" stroke-width="0.9" stroke-dasharray="4 3"`,
    ),
    ...points.map(([px, py]) => star(px, py, w * 0.013, 4, pale)),
  ];
}
