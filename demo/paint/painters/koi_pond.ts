import { darken, lighten, mix, ramp, type Rgb } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { blur, circle, curve, group, path, type Point, shadow } from "../svg.ts";

/** Koi from above, between lily pads, under light that the surface has bent. Palette: deep, shallow, then fish. */
export const koiPond: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [deep, shallow, ...fish] = scene.palette as [string, string, ...string[]];
  const depth = ramp([darken(deep, 0.25), deep, shallow, lighten(shallow, 0.3)]);
  const water = scene.pixels(0.5, (u, v) => {
    const x = u * 3, y = v * 3 * h / w;
    const base = 0.36 + fbm(noise, x * 0.5, y * 0.5, 4) * 0.4;
    const bend = fbm(noise, x * 2, y * 2, 2) * 0.5;
    const net = 1 - Math.abs(noise(x * 2.6 + bend, y * 2.6 - bend));
    const [r, g, b] = depth(base);
    const light = Math.max(0, net - 0.86) * 3.2;
    return [r + light * 90, g + light * 110, b + light * 105] as Rgb;
  });
  const school = random.times(6, (i) => {
    const x = w * (0.2 + 0.6 * ((i * 0.37) % 1)), y = h * (0.12 + 0.78 * i / 5.5);
    return koi(
      scene,
      x + random.gauss() * w * 0.05,
      y,
      w * random.range(0.3, 0.4),
      random.range(0, 360),
      fish,
    );
  });
  const pads = random.times(9, (i) => {
    const [x, y] = [
      [0.06, 0.1],
      [0.93, 0.05],
      [0.85, 0.17],
      [0.02, 0.93],
      [0.16, 0.99],
      [0.95, 0.88],
      [0.1, 0.22],
      [0.99, 0.6],
      [0.28, 0.92],
    ][i]!;
    return pad(scene, x! * w, y! * h, w * random.range(0.08, 0.14), random.range(0, 360));
  });
  return {
    layers: [
      water,
      scene.svg([
        group(
          school.map((one) => one.shade),
          `opacity="0.45" filter="url(#deep)" transform="translate(${w * 0.02} ${w * 0.04})"`,
        ),
        ...school.map((one) => one.body),
        group(pads, `filter="url(#s)"`),
        lotus(w * 0.88, h * 0.12, w * 0.1, fish[0]!),
        ...random.times(5, () => ring(scene)),
      ], { defs: blur("deep", w / 90) + shadow("s", h * 0.012, w * 0.012, 0.5) }),
    ],
    bloom: 0.25,
    grain: 0.25,
    vignette: 0.4,
  };
};

function koi(scene: Scene, x: number, y: number, long: number, turn: number, colors: string[]) {
  const { random } = scene;
  const bend = random.range(-0.22, 0.22);
  const spine = (
    t: number,
  ): Point => [(t - 0.45) * long, Math.sin(t * Math.PI * 1.2) * bend * long];
  const half = (t: number) =>
    long * 0.115 * Math.sin(Math.PI * Math.min(1, t * 0.92 + 0.1)) ** 0.75 * (1 - t * 0.32);
  const upper: Point[] = [], lower: Point[] = [];
  for (let i = 0; i <= 10; i++) {
    const [sx, sy] = spine(i / 10);
    upper.push([sx, sy - half(i / 10)]);
    lower.unshift([sx, sy + half(i / 10)]);
  }
  const body = curve([...upper, ...lower], true);
  const [tx, ty] = spine(0.96);
  const tail = `M${tx} ${ty}q${long * 0.1} ${-long * 0.16} ${long * 0.27} ${
    -long * 0.13 + bend * long * 0.4
  }q${-long * 0.09} ${long * 0.09} ${-long * 0.06} ${long * 0.12}q${long * 0.02} ${long * 0.06} ${
    long * 0.07
  } ${long * 0.13}q${-long * 0.2} 0 ${-long * 0.28} ${-long * 0.1}z`;
  const fin = (side: number) => {
    const [fx, fy] = spine(0.3);
    return `M${fx} ${fy + side * half(0.3) * 0.8}q${long * 0.03} ${side * long * 0.13} ${
      long * 0.15
    } ${side * long * 0.12}q${-long * 0.01} ${-side * long * 0.09} ${-long * 0.06} ${
      -side * long * 0.13
    }z`;
  };
  const white = "#fff6ea", paint = random.pick(colors);
  const patches = random.times(4, (i) => {
    const [px, py] = spine(0.12 + i * 0.22);
    const points: Point[] = random.times(7, (k) => {
      const a = k / 7 * Math.PI * 2, r = long * random.range(0.055, 0.12);
      return [px + Math.cos(a) * r * 1.3, py + Math.sin(a) * r];
    });
    return path(curve(points, true), `fill="${random.chance(0.75) ? paint : "#1d1a22"}"`);
  });
  const id = `k${Math.round(x)}${Math.round(y)}`;
  const place = `transform="translate(${x} ${y}) rotate(${turn})"`;
  const outline = path(body + tail + fin(1) + fin(-1), "");
  const [ex] = spine(0.07);
  return {
    shade: group(outline, `${place} fill="#00131a"`),
    body: group([
      path(tail + fin(1) + fin(-1), `fill="${mix(white, paint, 0.3)}" opacity="0.82"`),
      `<clipPath id="${id}">${path(body, "")}</clipPath>`,
      path(body, `fill="${white}"`),
      group(patches, `clip-path="url(#${id})"`),
      path(
        curve([0.15, 0.4, 0.65, 0.9].map(spine)),
        `fill="none" stroke="${darken(paint, 0.3)}" stroke-width="${long * 0.012}" opacity="0.35"`,
      ),
      circle(ex, spine(0.07)[1] - half(0.07) * 0.72, long * 0.012, `fill="#111"`),
      circle(ex, spine(0.07)[1] + half(0.07) * 0.72, long * 0.012, `fill="#111"`),
    ], place),
  };
}

function pad({ random }: Scene, x: number, y: number, r: number, turn: number): string {
  const green = random.pick(["#3f7d4e", "#5a9a58", "#2f6b52", "#78a85a"]);
  const veins = random.times(11, (i) => {
    const a = 0.35 + i / 10 * 5.58;
    return `M0 0L${Math.cos(a) * r * 0.9} ${Math.sin(a) * r * 0.9}`;
  });
  return group([
    path(`M0 0L${r * 0.94} ${-r * 0.3}A${r} ${r} 0 1 0 ${r * 0.94} ${r * 0.3}Z`, `fill="${green}"`),
    path(
      veins.join(""),
      `stroke="${lighten(green, 0.35)}" stroke-width="${r * 0.018}" opacity="0.7" fill="none"`,
    ),
  ], `transform="translate(${x} ${y}) rotate(${turn})"`);
}

function lotus(x: number, y: number, r: number, color: string): string {
  const petal = (a: number, s: number, fill: string) =>
    path(
      `M0 0C${-s * 0.42} ${-s * 0.4} ${-s * 0.25} ${-s * 0.9} 0 ${-s}C${s * 0.25} ${-s * 0.9} ${
        s * 0.42
      } ${-s * 0.4} 0 0Z`,
      `fill="${fill}" transform="rotate(${a})"`,
    );
  const pink = mix("#ffd7e2", color, 0.18);
  const rows = [[1, 10, pink], [0.74, 8, lighten(pink, 0.35)], [
    0.45,
    6,
    lighten(pink, 0.7),
  ]] as const;
  return group(
    [
      ...rows.flatMap(([s, count, fill], row) =>
        Array.from({ length: count }, (_, i) => petal(i * 360 / count + row * 17, r * s, fill))
      ),
      circle(0, 0, r * 0.16, `fill="#f6c445"`),
    ],
    `transform="translate(${x} ${y})" filter="url(#s)" stroke="#c96a8a" stroke-width="0.6" stroke-opacity="0.5"`,
  );
}

function ring({ random, width: w, height: h }: Scene): string {
  const x = random.range(0.1, 0.9) * w, y = random.range(0.1, 0.9) * h;
  return [1, 1.7, 2.5].map((k) =>
    circle(x, y, w * 0.02 * k, `fill="none" stroke="#e8fbff" stroke-width="1" opacity="${0.4 / k}"`)
  ).join("");
}
