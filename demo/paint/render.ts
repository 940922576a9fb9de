import { Buffer } from "node:buffer";
import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { Random } from "./random.ts";
import type { Layer, Painting } from "./scene.ts";

/** Joins the layers and adds what a lens or paper would: bloom, vignette, grain. */
export async function render(
  painting: Painting,
  width: number,
  height: number,
): Promise<Sharp> {
  const raw = { width, height, channels: 3 as const };
  const flatten = (base: Buffer, over: OverlayOptions[]) =>
    sharp(base, { raw }).composite(over).removeAlpha().raw().toBuffer();
  let canvas = Buffer.alloc(width * height * 3);
  let waiting: OverlayOptions[] = [];
  for (const layer of painting.layers) {
    if (layer.kind !== "mirror") {
      waiting.push(await rasterize(layer, width, height));
      continue;
    }
    canvas = await flatten(canvas, waiting);
    waiting = [await reflect(canvas, width, height, layer)];
  }
  const joined = await flatten(canvas, waiting);
  const effects: OverlayOptions[] = [];
  if (painting.bloom) {
    const light = await sharp(joined, { raw }).resize(Math.round(width / 4))
      .linear(1.5 * painting.bloom, -120 * painting.bloom).blur(width / 90)
      .resize(width, height).raw().toBuffer();
    effects.push({ input: light, raw, blend: "screen" });
  }
  if (painting.vignette) {
    effects.push({ input: vignette(width, height, painting.vignette), blend: "multiply" });
  }
  if (painting.grain) {
    effects.push({ ...grain(painting.grain), tile: true, blend: "overlay" });
  }
  return sharp(joined, { raw }).composite(effects).removeAlpha();
}

async function reflect(
  canvas: Buffer,
  width: number,
  height: number,
  { line, blur }: { line: number; blur: number },
): Promise<OverlayOptions> {
  const top = Math.round(line);
  const input = await sharp(canvas, { raw: { width, height, channels: 3 } })
    .extract({ left: 0, top: 0, width, height: top }).flip()
    .resize(width, Math.round(top * 0.85), { fit: "fill" }).raw().toBuffer();
  const high = Math.min(height - top, Math.round(top * 0.85));
  const blurred = await sharp(input.subarray(0, width * high * 3), {
    raw: { width, height: high, channels: 3 },
  }).blur(blur).raw().toBuffer();
  return { input: blurred, raw: { width, height: high, channels: 3 }, left: 0, top };
}

async function rasterize(
  layer: Exclude<Layer, { kind: "mirror" }>,
  width: number,
  height: number,
): Promise<OverlayOptions> {
  const image = layer.kind === "svg"
    ? sharp(new TextEncoder().encode(layer.svg))
    : sharp(layer.data, {
      raw: { width: layer.width, height: layer.height, channels: 3 },
    }).resize(width, height, { fit: "fill", kernel: layer.kernel ?? "cubic" });
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return {
    input: data,
    raw: { width: info.width, height: info.height, channels: info.channels },
    blend: layer.blend ?? "over",
  };
}

function vignette(width: number, height: number, strength: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><radialGradient id="w" r="0.78"><stop offset="0.45" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="${strength}"/></radialGradient></defs><rect width="100%" height="100%" fill="#fff"/><rect width="100%" height="100%" fill="url(#w)"/></svg>`,
  );
}

/** One tile of grey noise; overlaid, mid grey changes nothing. */
function grain(strength: number) {
  const size = 192;
  const random = new Random("grain");
  const data = new Uint8ClampedArray(size * size * 3);
  for (let at = 0; at < data.length; at += 3) {
    data.fill(128 + random.gauss() * 42 * strength, at, at + 3);
  }
  return {
    input: Buffer.from(data.buffer),
    raw: { width: size, height: size, channels: 3 as const },
  };
}
