import { darken, lighten, mix, ramp } from "../color.ts";
import { fbm } from "../noise.ts";
import type { Painter, Scene } from "../scene.ts";
import { circle, even, group, linear, path, polyline, radial, rect } from "../svg.ts";

/** A street canyon at night: towers with lit windows, neon signs, rain, and all of it again in the wet ground. */
export const neonCity: Painter = (scene) => {
  const { width: w, height: h, noise } = scene;
  const [night, haze, ...lights] = scene.palette as [string, string, ...string[]];
  const horizon = h * 0.7;
  const sky = ramp([night, mix(night, haze, 0.6), haze, lighten(haze, 0.22)]);
  const back = scene.pixels(0.25, (u, v) => {
    const cloud = fbm(noise, u * 3, v * 5, 4) * 0.22;
    return sky(v * 1.5 + cloud - 0.06);
  });
  const city = [
    ...towers(scene, horizon, 0.35, 26, mix(night, haze, 0.45), 0.35, lights),
    ...towers(scene, horizon, 0.55, 15, mix(night, haze, 0.2), 0.7, lights),
    ...street(scene, horizon, darken(night, 0.35), lights),
  ].join("");
  const defs = linear("ground", [[0, "#000", 0], [1, darken(night, 0.5), 0.35]]) +
    lights.map((color) =>
      radial(`neon${color.slice(1)}`, [[0, color, 0.9], [0.45, color, 0.3], [1, color, 0]])
    ).join("") +
    radial("mist", [[0, lighten(haze, 0.45), 0.95], [0.5, lighten(haze, 0.1), 0.5], [1, haze, 0]]);
  return {
    layers: [
      back,
      scene.svg([
        `<ellipse cx="${w / 2}" cy="${horizon}" rx="${w * 0.7}" ry="${
          h * 0.3
        }" fill="url(#mist)"/>`,
        city,
      ], { defs }),
      { kind: "mirror", line: horizon, blur: w / 95 },
      scene.svg([
        rect(0, horizon, w, h - horizon, `fill="url(#ground)"`),
        ...glints(scene, horizon, lights),
        ...ripples(scene, horizon, lights),
        ...walker(w, h, horizon, night),
      ], { defs }),
      scene.svg(rain(scene), { blend: "screen", defs: linear("drop", even(["#000", "#8fa8c8"])) }),
    ],
    bloom: 0.85,
    vignette: 0.5,
    grain: 0.35,
  };
};

function towers(
  scene: Scene,
  horizon: number,
  tall: number,
  count: number,
  body: string,
  lit: number,
  lights: string[],
): string[] {
  const { random, width: w, height: h } = scene;
  const step = w / count;
  return random.times(count + 1, (i) => {
    const edge = Math.abs(i / count - 0.5) * 2;
    const high = h * tall * (0.35 + edge * 0.75) * random.range(0.75, 1.15);
    const wide = step * random.range(0.9, 1.5);
    const x = i * step - wide / 2, y = horizon - high;
    const cell = Math.max(4, wide / random.int(5, 9));
    const windows: string[] = [];
    const warm = random.pick(["#ffd9a0", "#ffe9c8", "#bfe4ff", ...lights]);
    for (let wy = y + cell; wy < horizon - cell; wy += cell * 1.35) {
      for (let wx = x + cell * 0.6; wx < x + wide - cell; wx += cell) {
        if (random.chance(0.36)) {
          windows.push(
            rect(
              wx,
              wy,
              cell * 0.5,
              cell * 0.7,
              `opacity="${(lit * random.range(0.25, 1)).toFixed(2)}"`,
            ),
          );
        }
      }
    }
    const mast = random.chance(0.4)
      ? rect(x + wide / 2, y - high * 0.12, 1.5, high * 0.12, `fill="${body}"`)
      : "";
    return rect(x, y, wide, high, `fill="${body}"`) + mast + group(windows, `fill="${warm}"`);
  });
}

function street(scene: Scene, horizon: number, body: string, lights: string[]): string[] {
  const { random, width: w } = scene;
  const parts: string[] = [];
  for (const side of [0, 1]) {
    for (let i = 0; i < 3; i++) {
      const wide = w * (0.13 - i * 0.025), inner = w * (0.115 * (i + 1));
      const x = side === 0 ? inner - wide : w - inner;
      const top = horizon * (0.04 + i * 0.2) * random.range(0.85, 1.15);
      parts.push(rect(x, top, wide, horizon - top, `fill="${mix(body, "#23304f", i * 0.18)}"`));
      const cell = w * 0.011, panes: string[] = [];
      for (let wy = top + cell; wy < horizon - cell * 2; wy += cell * 1.7) {
        for (let wx = x + cell * 0.5; wx < x + wide - cell; wx += cell * 1.25) {
          if (random.chance(0.42)) {
            panes.push(
              rect(wx, wy, cell * 0.7, cell, `opacity="${random.range(0.15, 0.8).toFixed(2)}"`),
            );
          }
        }
      }
      parts.push(group(panes, `fill="${lighten(random.pick(lights), 0.55)}"`));
      const sign = random.pick(lights);
      const sx = side === 0 ? x + wide - w * 0.035 : x - w * 0.02;
      for (let k = 0; k < 3; k++) {
        const color = k === 0 ? sign : random.pick(lights);
        const sy = top + (horizon - top) * (0.14 + k * 0.27);
        parts.push(
          neonSign(
            scene,
            sx + random.range(-4, 4),
            sy,
            w * random.range(0.04, 0.06),
            (horizon - top) * 0.17,
            color,
          ),
        );
      }
    }
  }
  return parts;
}

function neonSign(scene: Scene, x: number, y: number, wide: number, high: number, color: string) {
  const { random } = scene;
  const box = `rx="${wide * 0.14}"`;
  const rows = 4;
  const glyphs = random.times(rows, (row) => {
    const cell = high / rows, gx = x + wide * 0.24, gy = y + row * cell + cell * 0.22;
    const size = Math.min(wide * 0.52, cell * 0.6);
    const strokes = random.times(
      3,
      () =>
        polyline([[gx + random.int(0, 2) * size / 2, gy + random.int(0, 2) * size / 2], [
          gx + random.int(0, 2) * size / 2,
          gy + random.int(0, 2) * size / 2,
        ]]),
    );
    return path(strokes.join("") + `M${gx} ${gy}h${size}`, "");
  });
  return `<ellipse cx="${x + wide / 2}" cy="${y + high / 2}" rx="${wide * 1.7}" ry="${
    high * 0.95
  }" fill="url(#neon${color.slice(1)})"/>` +
    rect(
      x,
      y,
      wide,
      high,
      `${box} fill="${darken(color, 0.82)}" stroke="${color}" stroke-width="${wide * 0.07}"`,
    ) +
    group(
      glyphs,
      `fill="none" stroke="${lighten(color, 0.65)}" stroke-width="${
        wide * 0.09
      }" stroke-linecap="round"`,
    );
}

/** Long smears of light on the asphalt, straight below what they come from. */
function glints({ random, width: w, height: h }: Scene, horizon: number, lights: string[]) {
  return random.times(46, () => {
    const spread = random.gauss() * 0.28 + 0.5;
    const y = horizon + (h - horizon) * random.next() ** 1.4;
    return `<ellipse cx="${(w * spread).toFixed(1)}" cy="${y.toFixed(1)}" rx="${
      random.range(0.01, 0.05) * w
    }" ry="${random.range(0.8, 2.4)}" fill="${random.pick(lights)}" opacity="${
      random.range(0.15, 0.55).toFixed(2)
    }"/>`;
  });
}

function ripples({ random, width: w, height: h }: Scene, horizon: number, lights: string[]) {
  return random.times(70, () => {
    const depth = random.next() ** 1.6;
    const y = horizon + (h - horizon) * depth;
    return `<ellipse cx="${random.range(0, w)}" cy="${y}" rx="${2 + depth * w * 0.03}" ry="${
      0.5 + depth * 3
    }" fill="none" stroke="${lighten(random.pick(lights), 0.5)}" stroke-width="0.8" opacity="${
      random.range(0.1, 0.45).toFixed(2)
    }"/>`;
  });
}

/** Somebody with an umbrella: the one still thing, and the scale of all others. */
function walker(w: number, h: number, horizon: number, night: string): string[] {
  const s = Math.min(w, h) * 0.105, x = w * 0.47, y = horizon + h * 0.075;
  const ink = darken(night, 0.75);
  return [
    `<ellipse cx="${x}" cy="${y + 3}" rx="${s * 0.5}" ry="${s * 0.06}" fill="#000" opacity="0.6"/>`,
    group([
      path(
        `M${x - s * 0.16} ${y - s * 0.92}q${s * 0.16} ${-s * 0.1} ${s * 0.32} 0l${s * 0.07} ${
          s * 0.62
        }h${-s * 0.46}z`,
        "",
      ),
      circle(x, y - s * 1.05, s * 0.12, ""),
      rect(x - s * 0.11, y - s * 0.35, s * 0.08, s * 0.36, ""),
      rect(x + s * 0.04, y - s * 0.35, s * 0.08, s * 0.34, ""),
      rect(x + s * 0.15, y - s * 1.5, s * 0.025, s * 0.75, ""),
      path(
        `M${x - s * 0.38} ${y - s * 1.22}Q${x + s * 0.16} ${y - s * 2} ${x + s * 0.7} ${
          y - s * 1.22
        }q${-s * 0.27} ${-s * 0.13} ${-s * 0.54} 0q${-s * 0.27} ${-s * 0.13} ${-s * 0.54} 0z`,
        "",
      ),
    ], `fill="${ink}"`),
  ];
}

function rain({ random, width: w, height: h }: Scene): string[] {
  return random.times(260, () => {
    const x = random.range(-20, w), y = random.range(-40, h), long = random.range(14, 46);
    return `<path d="M${x.toFixed(1)} ${y.toFixed(1)}l${(-long * 0.16).toFixed(1)} ${
      long.toFixed(1)
    }" stroke="#9db4d8" stroke-width="${random.range(0.5, 1.4).toFixed(1)}" opacity="${
      random.range(0.12, 0.5).toFixed(2)
    }"/>`;
  });
}
