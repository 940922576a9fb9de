import { lighten, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { blur, circle, group, linear, path, type Point, polyline, radial } from "../svg.ts";

/** Ridge behind ridge in the haze, with pines on the nearest, a low sun and birds. Palette: sky top to near ground. */
export const mountains: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [top, low, sun, ...ground] = scene.palette as [string, string, string, ...string[]];
  const sky = ramp([top, mix(top, low, 0.5), low, lighten(low, 0.25)]);
  const sunX = w * random.range(0.3, 0.7), sunY = h * random.range(0.3, 0.4);
  const background = scene.pixels(0.25, (u, v) => {
    const streak = fbm(noise, u * 2.2, v * 9, 4) * 0.12;
    return sky(v * 1.55 + streak);
  });
  const count = 6;
  const ridges = random.times(count, (i) => {
    const t = i / (count - 1);
    const base = h * (0.46 + t * 0.4), relief = h * (0.17 - t * 0.07);
    const points = ridge(scene, base, relief, i * 13.7, 1.6 + t * 1.8);
    const near = ramp(ground)(t);
    const color = `rgb(${near.map(Math.round).join(" ")})`;
    const fog = mix(low, lighten(low, 0.5), 0.4);
    return linear(`r${i}`, [[0, color], [1, fog, 1 - t * 0.75]], [0, 0, 0, 1]) +
      path(`${polyline(points)}L${w} ${h}L0 ${h}Z`, `fill="${color}"`) +
      path(
        `${polyline(points)}L${w} ${h}L0 ${h}Z`,
        `fill="url(#r${i})" opacity="${0.65 - t * 0.6}"`,
      ) +
      (i >= 3
        ? group(
          pines(scene, points, h * (0.02 + 0.075 * (t - 0.6))),
          `fill="${mix(color.startsWith("rgb") ? ground.at(-1)! : color, "#000000", 0.15 * t)}"`,
        )
        : "");
  });
  return {
    layers: [
      background,
      scene.svg([
        circle(sunX, sunY, w * 0.4, `fill="url(#halo)"`),
        circle(sunX, sunY, w * 0.085, `fill="${lighten(sun, 0.45)}"`),
        ...ridges,
        ...birds(scene),
      ], { defs: radial("halo", [[0, sun, 0.85], [0.35, sun, 0.3], [1, sun, 0]]) + blur("b", 3) }),
    ],
    bloom: 0.45,
    grain: 0.45,
    vignette: 0.22,
  };
};

function ridge(
  { width: w, noise }: Scene,
  base: number,
  relief: number,
  seed: number,
  scale: number,
) {
  const points: Point[] = [];
  for (let x = -8; x <= w + 8; x += 4) {
    const u = x / w * scale;
    const sharp = 1 - Math.abs(fbm(noise, u + seed, seed * 0.7, 5, 0.52)) * 2;
    points.push([x, base - relief * (sharp - 0.35)]);
  }
  return points;
}

function pines({ random }: Scene, points: Point[], size: number): string[] {
  return points.flatMap(([x, y]) => {
    if (!random.chance(0.72)) return [];
    const s = size * random.range(0.45, 1.2);
    const tiers = [0, 1, 2, 3].map((k) => {
      const wide = s * (0.1 + k * 0.055), at = y - s + k * s * 0.23;
      return `M${(x - wide).toFixed(1)} ${(at + s * 0.3).toFixed(1)}L${x.toFixed(1)} ${
        at.toFixed(1)
      }L${(x + wide).toFixed(1)} ${(at + s * 0.3).toFixed(1)}Z`;
    });
    return path(`${tiers.join("")}M${x - 0.5} ${y + 4}h1v${-s * 0.3}h-1z`, "");
  });
}

function birds({ random, width: w, height: h }: Scene): string[] {
  const cx = w * random.range(0.25, 0.75), cy = h * random.range(0.14, 0.24);
  return random.times(7, () => {
    const x = cx + random.gauss() * w * 0.07, y = cy + random.gauss() * h * 0.025;
    const s = w * random.range(0.006, 0.013);
    return path(
      `M${x - s * 2} ${y - s * 0.5}q${s} ${-s * 0.7} ${s * 2} ${s * 0.6}q${s} ${-s * 1.3} ${
        s * 2
      } ${-s * 0.6}`,
      `fill="none" stroke="#20222b" stroke-width="${s * 0.28}" opacity="0.7"`,
    );
  });
}
