import { darken, lighten, mix } from "../color.ts";
import type { Painter, Scene } from "../scene.ts";
import { blur, circle, group, linear, path, radial, rect } from "../svg.ts";

/** A cat on the sill, seen from behind, plants and a cup beside it, a town's roofs outside. Palette: room, frame, sky top, sky low, light, cat. */
export const windowCat: Painter = (scene) => {
  const { width: w, height: h } = scene;
  const [room, frame, top, low, light, cat] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const x = w * 0.12, y = h * 0.07, wide = w * 0.76, high = h * 0.68, sill = y + high;
  const bar = `fill="${frame}"`;
  return {
    layers: [scene.svg([
      rect(0, 0, w, h, `fill="${room}"`),
      ...wallpaper(scene, room),
      rect(x, y, wide, high, `fill="url(#sky)"`),
      `<clipPath id="pane"><rect x="${x}" y="${y}" width="${wide}" height="${high}"/></clipPath>`,
      group([
        circle(w * 0.66, h * 0.22, w * 0.26, `fill="url(#halo)"`),
        circle(w * 0.66, h * 0.22, w * 0.07, `fill="${lighten(light, 0.4)}"`),
        ...snow(scene, x, y, wide, high, light),
        ...roofs(scene, sill, light, top),
      ], `clip-path="url(#pane)"`),
      rect(x - w * 0.03, y - w * 0.03, wide + w * 0.06, w * 0.035, bar),
      rect(x - w * 0.03, y - w * 0.03, w * 0.035, high + w * 0.03, bar),
      rect(x + wide - w * 0.005, y - w * 0.03, w * 0.035, high + w * 0.03, bar),
      rect(w / 2 - w * 0.01, y, w * 0.02, high, bar),
      rect(x, y + high * 0.36, wide, w * 0.018, bar),
      curtain(w, h, sill, mix(room, light, 0.32), 1),
      curtain(w, h, sill, mix(room, light, 0.32), -1),
      rect(w * 0.03, sill, w * 0.94, h * 0.045, `fill="${lighten(frame, 0.12)}"`),
      rect(w * 0.03, sill + h * 0.045, w * 0.94, h * 0.02, `fill="${darken(frame, 0.3)}"`),
      plant(scene, w * 0.24, sill, w * 0.14),
      cup(w * 0.78, sill, w * 0.07, light),
      sittingCat(w * 0.53, sill + h * 0.012, h * 0.29, cat, light),
      rect(0, sill + h * 0.065, w, h, `fill="url(#shade)"`),
    ], {
      defs: linear("sky", [[0, top], [1, low]]) + radial("halo", [[0, light, 0.6], [1, light, 0]]) +
        linear("shade", [[0, "#000", 0.35], [1, "#000", 0.05]]) + blur("soft", w / 90),
    })],
    bloom: 0.35,
    grain: 0.45,
    vignette: 0.4,
  };
};

function wallpaper({ width: w, height: h }: Scene, room: string): string[] {
  const parts: string[] = [], step = w / 13;
  for (let row = 0; row * step < h; row++) {
    for (let k = 0; k < 14; k++) {
      const px = (k + (row % 2) / 2) * step, py = row * step, s = step * 0.13;
      parts.push(
        `M${px} ${py}q${s} ${-s * 2} 0 ${-s * 3}q${-s} ${s} 0 ${s * 3}q${s * 2} ${-s} ${s * 2.4} ${
          -s * 1.4
        }M${px} ${py}q${-s * 2} ${-s} ${-s * 2.4} ${-s * 1.4}`,
      );
    }
  }
  return [
    path(
      parts.join(""),
      `fill="none" stroke="${lighten(room, 0.14)}" stroke-width="1.6" stroke-linecap="round"`,
    ),
  ];
}

function snow(
  { random }: Scene,
  x: number,
  y: number,
  wide: number,
  high: number,
  light: string,
): string[] {
  return random.times(
    130,
    () =>
      circle(
        x + random.next() * wide,
        y + random.next() * high,
        random.next() ** 2 * 3 + 0.6,
        `fill="${lighten(light, 0.7)}" opacity="${random.range(0.25, 0.9).toFixed(2)}"`,
      ),
  );
}

function roofs(
  { random, width: w, height: h }: Scene,
  sill: number,
  light: string,
  sky: string,
): string[] {
  return [0, 1, 2].flatMap((row) =>
    random.times(7, (i) => {
      const s = w * random.range(0.12, 0.19),
        px = w * 0.05 + i * w * 0.145 + random.gauss() * 12,
        py = sill - h * (0.2 - row * 0.075) + random.gauss() * 8;
      const wall = mix(sky, "#120d1f", 0.25 + row * 0.22),
        windows = random.times(3, (k) =>
          random.chance(0.7)
            ? rect(px + s * (0.14 + k * 0.28), py + s * 0.22, s * 0.13, s * 0.19, `fill="${light}"`)
            : "");
      return group([
        rect(px, py, s, h * 0.3, `fill="${wall}"`),
        path(
          `M${px - s * 0.09} ${py + 2}L${px + s / 2} ${py - s * 0.5}L${px + s * 1.09} ${py + 2}Z`,
          `fill="${mix("#f2f4ff", sky, 0.35 + row * 0.08)}"`,
        ),
        rect(px + s * 0.7, py - s * 0.5, s * 0.12, s * 0.32, `fill="${wall}"`),
        ...windows,
      ]);
    })
  );
}

function curtain(w: number, h: number, sill: number, color: string, side: number): string {
  const place = side > 0 ? "" : `transform="translate(${w} 0) scale(-1 1)"`;
  const folds = [0.03, 0.065, 0.1, 0.135].map((k) =>
    path(
      `M${w * k} 0Q${w * (k + 0.02)} ${sill * 0.45} ${w * k * 0.72} ${sill * 0.7}T${w * k * 0.5} ${
        sill + h * 0.05
      }`,
      `fill="none" stroke="${darken(color, 0.28)}" stroke-width="2.5" opacity="0.6"`,
    )
  );
  return group([
    path(
      `M0 0H${w * 0.21}Q${w * 0.19} ${sill * 0.45} ${w * 0.09} ${sill * 0.7}Q${w * 0.12} ${
        sill * 0.88
      } ${w * 0.11} ${sill + h * 0.05}H0Z`,
      `fill="${color}"`,
    ),
    ...folds,
    path(
      `M0 ${sill * 0.68}Q${w * 0.06} ${sill * 0.72} ${w * 0.1} ${sill * 0.685}v${h * 0.022}Q${
        w * 0.06
      } ${sill * 0.75} 0 ${sill * 0.71}Z`,
      `fill="${darken(color, 0.35)}"`,
    ),
  ], place);
}

function plant({ random }: Scene, x: number, y: number, s: number): string {
  const leaves = random.times(15, (i) => {
    const a = -90 + (i - 7) * 15 + random.gauss() * 6,
      long = s * random.range(0.75, 1.3),
      green = random.pick(["#3f7d4e", "#5a9a58", "#2f6b52"]);
    return group(
      path(
        `M0 0C${long * 0.3} ${-long * 0.2} ${long * 0.8} ${-long * 0.16} ${long} 0C${long * 0.8} ${
          long * 0.12
        } ${long * 0.3} ${long * 0.14} 0 0Z`,
        `fill="${green}"`,
      ) + path(`M0 0H${long * 0.9}`, `stroke="${darken(green, 0.35)}"`),
      `transform="translate(${x} ${y - s * 0.6}) rotate(${a.toFixed(0)})"`,
    );
  });
  return group([
    ...leaves,
    path(
      `M${x - s * 0.42} ${y - s * 0.68}h${s * 0.84}l${-s * 0.12} ${s * 0.68}h${-s * 0.6}z`,
      `fill="#c9704a"`,
    ),
    rect(x - s * 0.48, y - s * 0.78, s * 0.96, s * 0.18, `rx="3" fill="#dd8458"`),
  ]);
}

function cup(x: number, y: number, s: number, light: string): string {
  return group([
    path(
      `M${x - s * 0.1} ${y - s * 1.3}q${-s * 0.25} ${-s * 0.4} 0 ${-s * 0.7}t0 ${-s * 0.7}M${
        x + s * 0.2
      } ${y - s * 1.3}q${-s * 0.25} ${-s * 0.4} 0 ${-s * 0.7}t0 ${-s * 0.6}`,
      `fill="none" stroke="#fff" stroke-width="3" opacity="0.45" filter="url(#soft)"`,
    ),
    circle(
      x + s * 0.62,
      y - s * 0.6,
      s * 0.28,
      `fill="none" stroke="#e9e2d6" stroke-width="${s * 0.13}"`,
    ),
    path(
      `M${x - s * 0.6} ${y - s * 1.1}h${s * 1.2}q0 ${s * 1.1} ${-s * 0.35} ${s * 1.1}h${-s * 0.5}q${
        -s * 0.35
      } 0 ${-s * 0.35} ${-s * 1.1}z`,
      `fill="#f3ece0"`,
    ),
    path(
      `M${x - s * 0.58} ${y - s * 0.82}h${s * 1.16}l${-s * 0.04} ${s * 0.2}h${-s * 1.08}z`,
      `fill="${mix(light, "#c2573f", 0.5)}"`,
    ),
  ]);
}

function sittingCat(x: number, y: number, s: number, color: string, light: string): string {
  const body = `M${x - s * 0.3} ${y}C${x - s * 0.38} ${y - s * 0.3} ${x - s * 0.22} ${
    y - s * 0.52
  } ${x - s * 0.17} ${y - s * 0.62}C${x - s * 0.24} ${y - s * 0.72} ${x - s * 0.22} ${
    y - s * 0.84
  } ${x - s * 0.2} ${y - s * 1.02}L${x - s * 0.09} ${y - s * 0.91}Q${x} ${y - s * 0.94} ${
    x + s * 0.09
  } ${y - s * 0.91}L${x + s * 0.2} ${y - s * 1.02}C${x + s * 0.22} ${y - s * 0.84} ${
    x + s * 0.24
  } ${y - s * 0.72} ${x + s * 0.17} ${y - s * 0.62}C${x + s * 0.22} ${y - s * 0.52} ${
    x + s * 0.38
  } ${y - s * 0.3} ${x + s * 0.3} ${y}Z`;
  const stripes = [0.2, 0.32, 0.44].map((k) =>
    `M${x - s * 0.3 + k * s * 0.1} ${y - s * k}q${s * 0.12} ${s * 0.03} ${s * 0.17} ${-s * 0.015}M${
      x + s * 0.3 - k * s * 0.1
    } ${y - s * k}q${-s * 0.12} ${s * 0.03} ${-s * 0.17} ${-s * 0.015}`
  );
  return group([
    path(body, `fill="${color}" stroke="${mix(color, light, 0.6)}" stroke-width="2.4"`),
    path(
      stripes.join("") +
        `M${x - s * 0.05} ${y - s * 0.86}v${s * 0.08}M${x} ${y - s * 0.88}v${s * 0.1}M${
          x + s * 0.05
        } ${y - s * 0.86}v${s * 0.08}`,
      `fill="none" stroke="${darken(color, 0.4)}" stroke-width="${
        s * 0.026
      }" stroke-linecap="round"`,
    ),
    path(
      `M${x + s * 0.2} ${y - s * 0.05}Q${x + s * 0.42} ${y - s * 0.02} ${x + s * 0.44} ${
        y + s * 0.2
      }Q${x + s * 0.45} ${y + s * 0.34} ${x + s * 0.36} ${y + s * 0.33}`,
      `fill="none" stroke="${color}" stroke-width="${s * 0.085}" stroke-linecap="round"`,
    ),
  ]);
}
