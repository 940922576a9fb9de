import { darken, lighten, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { blur, circle, curve, group, linear, path, type Point, radial } from "../svg.ts";

/** Trunks fading into mist, shafts of light, and something glowing near the ground. Palette: mist, light, mid, dark, ember. */
export const forest: Painter = (scene) => {
  const { width: w, height: h, random, noise } = scene;
  const [mist, light, mid, dark, ember] = scene.palette as string[] as [
    string,
    string,
    string,
    string,
    string,
  ];
  const air = ramp([lighten(light, 0.2), light, mist, mid]);
  const back = scene.pixels(
    0.25,
    (u, v) =>
      air(
        Math.hypot((u - 0.55) * 1.3, (v - 0.36) * 1.1) * 1.7 + fbm(noise, u * 4, v * 3, 4) * 0.28,
      ),
  );
  const rows = 5;
  const woods = random.times(rows, (row) => {
    const t = row / (rows - 1),
      color = ramp([mix(mist, mid, 0.45), mid, dark])(t).map(Math.round).join(" ");
    const ground = h * (0.66 + t * 0.22);
    const trunks = random.times(
      13 - row * 1.7,
      () =>
        trunk(
          scene,
          random.range(-0.05, 1.05) * w,
          ground + 10,
          w * (0.012 + t * 0.03) * random.range(0.7, 1.25),
          t,
        ),
    );
    const soil: Point[] = Array.from(
      { length: 22 },
      (_, k) => [k / 21 * w, ground + fbm(noise, k * 0.3, row * 7, 3) * h * 0.05],
    );
    const tufts = random.times(80, () => {
      const x = random.range(0, w),
        s = h * (0.01 + t * 0.035) * random.range(0.5, 1.3),
        y = ground + fbm(noise, x / w * 6.3, row * 7, 3) * h * 0.05 + 3;
      return `M${x.toFixed(1)} ${y.toFixed(1)}q${(random.gauss() * s * 0.3).toFixed(1)} ${
        (-s * 0.7).toFixed(1)
      } ${(random.gauss() * s * 0.6).toFixed(1)} ${(-s).toFixed(1)}`;
    });
    return group([...trunks, path(`${curve(soil)}V${h}H0Z`, "")], `fill="rgb(${color})"`) +
      path(tufts.join(""), `stroke="rgb(${color})" stroke-width="${1 + t * 2}" fill="none"`) +
      (row < rows - 1
        ? `<rect width="${w}" height="${h}" fill="url(#fog)" opacity="${0.55 - t * 0.35}"/>`
        : "");
  });
  const shafts = random.times(9, () => {
    const x = w * random.range(0.2, 1.15), wide = w * random.range(0.02, 0.1);
    return path(
      `M${x} ${-20}h${wide}L${x - w * 0.55 + wide * 2.4} ${h}h${-wide * 2}Z`,
      `fill="url(#shaft)" opacity="${random.range(0.12, 0.42).toFixed(2)}"`,
    );
  });
  const sparks = random.times(46, () => {
    const x = random.range(0, w), y = h * random.range(0.5, 0.97), r = random.range(1, 2.8);
    return circle(x, y, r * 6, `fill="url(#spark)"`) +
      circle(x, y, r, `fill="${lighten(ember, 0.7)}"`);
  });
  return {
    layers: [
      back,
      scene.svg([...woods, ...caps(scene, ember)], {
        defs: linear("fog", [[0, light, 0], [0.55, light, 0.75], [0.85, mist, 0.4], [1, mist, 0]]),
      }),
      scene.svg([group(shafts, `filter="url(#soft)"`), ...sparks], {
        blend: "screen",
        defs: blur("soft", w / 60) +
          linear("shaft", [[0, lighten(light, 0.4), 0.9], [1, light, 0]]) +
          radial("spark", [[0, ember, 0.8], [1, ember, 0]]),
      }),
    ],
    bloom: 0.5,
    grain: 0.35,
    vignette: 0.42,
  };
};

function trunk(
  { random, height: h }: Scene,
  x: number,
  foot: number,
  r: number,
  t: number,
): string {
  const lean = random.gauss() * r * 2, parts: string[] = [];
  parts.push(
    path(
      `M${x - r * 1.9} ${foot}Q${x - r * 0.9} ${foot - r * 3} ${x - r * 0.8 + lean * 0.3} ${
        foot - h * 0.3
      }L${x + lean - r * 0.5} -10H${x + lean + r * 0.5}L${x + r * 0.8 + lean * 0.3} ${
        foot - h * 0.3
      }Q${x + r * 0.9} ${foot - r * 3} ${x + r * 1.9} ${foot}Z`,
      "",
    ),
  );
  for (let i = 0; i < 5; i++) {
    const y = h * random.range(0.02, 0.42),
      side = random.pick([-1, 1]),
      long = r * random.range(3, 6.5);
    parts.push(
      path(
        `M${x + lean * (1 - y / foot)} ${y + r}q${side * long * 0.5} ${-long * 0.1} ${
          side * long
        } ${-long * random.range(0.3, 0.7)}q${-side * long * 0.4} ${long * 0.4} ${-side * long} ${
          long * 0.5 + r * 0.5
        }z`,
        `opacity="${0.75 + t * 0.25}"`,
      ),
    );
  }
  return parts.join("");
}

/** Glowing mushrooms in the foreground. */
function caps({ random, width: w, height: h }: Scene, color: string): string[] {
  return random.times(9, () => {
    const x = w * random.range(0.04, 0.96),
      y = h * random.range(0.93, 1),
      s = w * random.range(0.02, 0.055),
      lean = random.gauss() * s * 0.15;
    return group([
      path(
        `M${-s * 0.14} 0Q${-s * 0.02} ${-s} ${lean - s * 0.08} ${-s * 1.5}h${s * 0.2}Q${
          s * 0.14
        } ${-s} ${s * 0.16} 0Z`,
        `fill="${mix(color, "#fff2dd", 0.6)}"`,
      ),
      path(
        `M${lean - s * 0.78} ${-s * 1.38}Q${lean} ${-s * 2.7} ${lean + s * 0.78} ${
          -s * 1.38
        }Q${lean} ${-s * 1.12} ${lean - s * 0.78} ${-s * 1.38}Z`,
        `fill="${color}"`,
      ),
      path(
        `M${lean - s * 0.78} ${-s * 1.38}Q${lean} ${-s * 1.12} ${lean + s * 0.78} ${
          -s * 1.38
        }Q${lean} ${-s * 1.6} ${lean - s * 0.78} ${-s * 1.38}Z`,
        `fill="${lighten(color, 0.55)}"`,
      ),
      ...random.times(
        5,
        () =>
          circle(
            lean + random.gauss() * s * 0.26,
            -s * random.range(1.6, 2),
            s * random.range(0.04, 0.08),
            `fill="${lighten(color, 0.75)}"`,
          ),
      ),
      path(
        `M${-s * 0.4} ${s * 0.1}h${s * 0.9}`,
        `stroke="${darken(color, 0.6)}" stroke-width="${s * 0.1}" opacity="0.5"`,
      ),
    ], `transform="translate(${x} ${y})"`);
  });
}
