import type { Blend } from "sharp";
import { makeNoise, type Noise } from "./noise.ts";
import { Random } from "./random.ts";
import type { Rgb } from "./color.ts";

/** What a painter gets: a canvas size, its colours, and chance. */
export class Scene {
  readonly random: Random;
  readonly noise: Noise;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly palette: readonly string[],
    seed: string,
  ) {
    this.random = new Random(seed);
    this.noise = makeNoise(this.random);
  }

  /** The palette's colour at an index, from the end if negative; wraps around. */
  color(index: number): string {
    const { length } = this.palette;
    return this.palette[((index % length) + length) % length]!;
  }

  svg(content: string | string[], options: { blend?: Blend; defs?: string } = {}): Layer {
    const body = cheapOpacity(Array.isArray(content) ? content.join("") : content);
    return {
      kind: "svg",
      svg:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"><defs>${
          options.defs ?? ""
        }</defs>${body}</svg>`,
      blend: options.blend,
    };
  }

  /**
   * A layer computed pixel by pixel.
   *
   * @param detail Computed pixels per canvas pixel; less is faster and softer.
   * @param shade Colour at a place; `u` and `v` run from 0 to 1 over the canvas.
   */
  pixels(
    detail: number,
    shade: (u: number, v: number, x: number, y: number) => Rgb,
    options: { blend?: Blend; kernel?: "nearest" | "cubic" } = {},
  ): Layer {
    const width = Math.round(this.width * detail), height = Math.round(this.height * detail);
    const data = new Uint8ClampedArray(width * height * 3);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [r, g, b] = shade(x / width, y / height, x, y);
        data[at++] = r;
        data[at++] = g;
        data[at++] = b;
      }
    }
    return { kind: "pixels", data, width, height, ...options };
  }
}

/**
 * `opacity` makes the renderer put each shape on a canvas of its own; the opacity of its paint looks the same and is many times
 * faster.
 */
function cheapOpacity(svg: string): string {
  return svg.replace(
    /<(path|circle|rect|ellipse)\b([^>]*?)\sopacity="([^"]*)"([^>]*)\/>/g,
    (shape, tag, before, value, after) =>
      /-opacity|filter/.test(before + after)
        ? shape
        : `<${tag}${before} fill-opacity="${value}" stroke-opacity="${value}"${after}/>`,
  );
}

export type Layer =
  | { kind: "svg"; svg: string; blend?: Blend }
  | {
    kind: "pixels";
    data: Uint8ClampedArray;
    width: number;
    height: number;
    blend?: Blend;
    kernel?: "nearest" | "cubic";
  }
  /** What lies behind it, upside down and blurred, from `line` (canvas pixels) to the bottom: still or wet ground. */
  | { kind: "mirror"; line: number; blur: number };

export interface Painting {
  /** From back to front. */
  layers: Layer[];
  /** Light spilling over from bright places, 0 to 1. */
  bloom?: number;
  /** Film or paper grain, 0 to 1. */
  grain?: number;
  /** Darkening towards the corners, 0 to 1. */
  vignette?: number;
}

export type Painter = (scene: Scene) => Painting;
