import { darken, rgbOf } from "../color.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, curve, group, path, type Point, rect } from "../svg.ts";

/** A head in profile, looking right, chin and shoulders included; in fractions of the canvas. */
export function profile(w: number, h: number, scale = 1, dx = 0): string {
  const at = (
    x: number,
    y: number,
  ): Point => [w * (0.5 + (x - 0.5) * scale + dx), h * (1 + (y - 1) * scale)];
  const face: Point[] = [
    [0.4, 0.17],
    [0.5, 0.145],
    [0.6, 0.165],
    [0.665, 0.225],
    [0.69, 0.295],
    [0.692, 0.35],
    [0.684, 0.385],
    [0.7, 0.42],
    [0.732, 0.462],
    [0.738, 0.482],
    [0.718, 0.496],
    [0.7, 0.503],
    [0.704, 0.522],
    [0.717, 0.54],
    [0.706, 0.555],
    [0.7, 0.562],
    [0.708, 0.577],
    [0.706, 0.597],
    [0.692, 0.612],
    [0.692, 0.636],
    [0.684, 0.668],
    [0.655, 0.69],
    [0.606, 0.69],
    [0.565, 0.684],
    [0.55, 0.72],
    [0.548, 0.78],
    [0.575, 0.83],
    [0.66, 0.872],
    [0.78, 0.905],
    [0.87, 0.96],
    [0.9, 1.08],
    [0.05, 1.08],
    [0.08, 0.97],
    [0.16, 0.9],
    [0.27, 0.86],
    [0.33, 0.81],
    [0.345, 0.74],
    [0.318, 0.66],
    [0.272, 0.57],
    [0.252, 0.46],
    [0.262, 0.34],
    [0.315, 0.235],
  ].map(([x, y]) => at(x!, y!));
  return curve(face, true);
}

/** A pop-art profile: rays, a sun, flat colours, and dots that grow where the shade is. Palette: ground, rays, sun, skin, hair. */
export const halftonePortrait: Painter = (scene) => {
  const { width: w, height: h, random } = scene;
  const [ground, ray, sun, skin, hair] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
  ];
  const head = profile(w, h);
  const turn = random.range(0, 0.35), facing = random.pick([1, -1]);
  const rays = Array.from({ length: 18 }, (_, i) => {
    const a = turn + i / 18 * Math.PI * 2, b = a + Math.PI / 18, r = w + h;
    return `M${w / 2} ${h * 0.44}L${w / 2 + Math.cos(a) * r} ${h * 0.44 + Math.sin(a) * r}L${
      w / 2 + Math.cos(b) * r
    } ${h * 0.44 + Math.sin(b) * r}Z`;
  });
  const ink = darken(hair, 0.55);
  return {
    layers: [scene.svg(group([
      rect(0, 0, w, h, `fill="${ground}"`),
      path(rays.join(""), `fill="${ray}"`),
      circle(w * 0.5, h * 0.44, w * 0.42, `fill="${sun}"`),
      group(
        dots(scene, w / 2, h * 0.44, w * 0.42, (x, y) => (x + y) / (w + h) * 1.25 - 0.25),
        `fill="${darken(sun, 0.22)}"`,
      ),
      `<clipPath id="head"><path d="${head}"/></clipPath>`,
      path(head, `fill="${skin}"`),
      group([
        group(
          dots(
            scene,
            w * 0.5,
            h * 0.6,
            h,
            (x, y) => 0.95 - x / w * 0.95 + Math.max(0, y / h - 0.66) * 1.1 - 0.28,
          ),
          `fill="${darken(skin, 0.32)}"`,
        ),
        hairOf(w, h, hair),
        group(
          dots(scene, w * 0.4, h * 0.4, w * 0.55, (x, y) => y / h * 1.1 - x / w * 0.4 - 0.05),
          `fill="${ink}" opacity="0.55" clip-path="url(#hair)"`,
        ),
        path(
          `M0 ${h * 0.9}Q${w * 0.4} ${h * 0.84} ${w * 0.62} ${h * 0.87}Q${w * 0.85} ${
            h * 0.91
          } ${w} ${h}V${h}H0Z`,
          `fill="${ray}"`,
        ),
      ], `clip-path="url(#head)"`),
      path(
        `M${w * 0.605} ${h * 0.415}q${w * 0.03} ${-h * 0.02} ${w * 0.06} ${-h * 0.006}M${w * 0.6} ${
          h * 0.374
        }q${w * 0.035} ${-h * 0.022} ${w * 0.078} ${-h * 0.006}`,
        `fill="none" stroke="${ink}" stroke-width="${w * 0.009}" stroke-linecap="round"`,
      ),
      circle(
        w * 0.4,
        h * 0.545,
        w * 0.028,
        `fill="${sun}" stroke="${ink}" stroke-width="${w * 0.006}"`,
      ),
      path(
        `M${w * 0.65} ${h * 0.556}q${w * 0.03} ${-h * 0.012} ${w * 0.062} ${-h * 0.014}q${
          -w * 0.004
        } ${h * 0.026} ${-w * 0.012} ${h * 0.04}q${-w * 0.03} 0 ${-w * 0.05} ${-h * 0.026}z`,
        `fill="#d8344b"`,
      ),
      path(head, `fill="none" stroke="${ink}" stroke-width="${w * 0.011}" stroke-linejoin="round"`),
    ], facing > 0 ? "" : `transform="translate(${w} 0) scale(-1 1)"`))],
    grain: 0.5,
    vignette: 0.1,
  };
};

function hairOf(w: number, h: number, color: string): string {
  const d = `M${w * 0.68} ${h * 0.25}C${w * 0.6} ${h * 0.29} ${w * 0.53} ${h * 0.31} ${w * 0.5} ${
    h * 0.4
  }C${w * 0.49} ${h * 0.47} ${w * 0.47} ${h * 0.47} ${w * 0.44} ${h * 0.46}C${w * 0.39} ${
    h * 0.45
  } ${w * 0.36} ${h * 0.5} ${w * 0.385} ${h * 0.57}C${w * 0.42} ${h * 0.66} ${w * 0.4} ${
    h * 0.72
  } ${w * 0.33} ${h * 0.8}L0 ${h * 0.82}V0H${w * 0.75}Z`;
  const [r, g, b] = rgbOf(color);
  const shine = [0.31, 0.35, 0.4].map((x, i) =>
    `M${w * (x - 0.05)} ${h * (0.4 + i * 0.02)}Q${w * x} ${h * 0.25} ${w * (x + 0.17)} ${
      h * (0.2 + i * 0.025)
    }`
  );
  return `<clipPath id="hair"><path d="${d}"/></clipPath>` + path(d, `fill="rgb(${r} ${g} ${b})"`) +
    path(
      shine.join(""),
      `fill="none" stroke="#fff" stroke-width="${w * 0.007}" opacity="0.55" stroke-linecap="round"`,
    );
}

/** Dots on a slanted grid inside a circle, as large as `shade` (0 to 1) says. */
function dots(
  { width: w }: Scene,
  cx: number,
  cy: number,
  r: number,
  shade: (x: number, y: number) => number,
): string[] {
  const step = w / 62, parts: string[] = [];
  for (let i = -r / step; i < r / step; i++) {
    for (let k = -r / step; k < r / step; k++) {
      const x = cx + (i + k) * step * 0.71, y = cy + (i - k) * step * 0.71;
      if (Math.hypot(x - cx, y - cy) > r) continue;
      const size = Math.min(0.72, Math.max(0, shade(x, y))) * step * 0.75;
      if (size > 0.6) parts.push(circle(x, y, size, ""));
    }
  }
  return parts;
}
