import { hexOf, lighten, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter } from "../scene.ts";
import { circle, group, path, type Point, polyline, rect } from "../svg.ts";

/** A leaded window: a rose in a pointed arch, panes cut from rings and spokes, glass a little uneven. */
export const stainedGlass: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const glass = ramp(scene.palette);
  const cx = w / 2, cy = h * 0.4;
  const panes: string[] = [];
  const pane = (points: Point[], t: number) => {
    const [x, y] = points.reduce(
      ([a, b], [px, py]) => [a + px / points.length, b + py / points.length],
      [0, 0] as Point,
    );
    const lit = 0.3 * Math.max(0, 1 - Math.hypot(x - cx, y - cy) / (w * 0.75)) +
      random.range(-0.02, 0.1);
    const color = hexOf(glass(((t % 1) + 1) % 1));
    panes.push(path(`${polyline(points)}Z`, `fill="${lighten(color, Math.max(0, lit))}"`));
  };
  const at = (r: number, a: number): Point => [cx + Math.cos(a) * r * w, cy + Math.sin(a) * r * w];
  const rings = [0.055, 0.13, 0.2, 0.275, 0.36, 0.47, 0.62, 0.82, 1.1];
  rings.forEach((inner, ring) => {
    const outer = rings[ring + 1];
    if (outer === undefined) return;
    const count = [8, 16, 16, 16, 32, 32, 32, 32][ring]!;
    for (let i = 0; i < count; i++) {
      const a = (i + (ring % 2) / 2) / count * Math.PI * 2,
        b = a + Math.PI * 2 / count,
        m = (a + b) / 2;
      const tone = [0.92, 0.08, 0.72, 0.3, 0.55, 0.15, 0.42, 0.2][ring]! + (i % 2) * 0.11;
      if (ring === 0 || ring === 2) {
        pane([
          at(inner, a),
          at((inner + outer) / 2, a),
          at(outer, m),
          at((inner + outer) / 2, b),
          at(inner, b),
        ], tone);
        pane(
          [at((inner + outer) / 2, a), at(outer, m - Math.PI * 2 / count), at(outer, m)],
          tone + 0.25,
        );
      } else if (ring > 4) {
        const bend = fbm(noise, Math.cos(m) * 2, Math.sin(m) * 2 + ring, 2) * 0.08;
        pane([at(inner, a), at(outer + bend, a), at(outer + bend, m)], tone + bend * 2);
        pane([at(inner, a), at(outer + bend, m), at(inner, b)], tone + 0.14);
        pane([at(inner, b), at(outer + bend, m), at(outer, b)], tone + 0.3);
      } else pane([at(inner, a), at(outer, a), at(outer, m), at(outer, b), at(inner, b)], tone);
    }
  });
  const arch = `M${w * 0.07} ${h * 1.1}V${h * 0.4}Q${w * 0.1} ${h * 0.14} ${cx} ${h * 0.03}Q${
    w * 0.9
  } ${h * 0.14} ${w * 0.93} ${h * 0.4}V${h * 1.1}Z`;
  const lead = "#0e0d12";
  const texture = scene.pixels(0.5, (u, v) => {
    const n = 205 + fbm(noise, u * 26, v * 34, 3) * 90;
    return [n, n, n];
  }, { blend: "multiply" });
  return {
    layers: [
      scene.svg([
        rect(0, 0, w, h, `fill="#15131a"`),
        `<clipPath id="arch"><path d="${arch}"/></clipPath>`,
        group([
          group(panes, `stroke="${lead}" stroke-width="${w * 0.0085}" stroke-linejoin="round"`),
          circle(
            cx,
            cy,
            w * 0.055,
            `fill="${lighten(scene.color(-1), 0.5)}" stroke="${lead}" stroke-width="${w * 0.0085}"`,
          ),
          ...rings.slice(2, 7).map((r) =>
            circle(cx, cy, r * w, `fill="none" stroke="${lead}" stroke-width="${w * 0.012}"`)
          ),
        ], `clip-path="url(#arch)"`),
        path(arch, `fill="none" stroke="#3d3745" stroke-width="${w * 0.05}"`),
        path(arch, `fill="none" stroke="#57505f" stroke-width="${w * 0.016}"`),
      ]),
      texture,
    ],
    bloom: 0.75,
    grain: 0.2,
    vignette: 0.35,
  };
};
