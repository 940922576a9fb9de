import sharp, { type OverlayOptions, type Sharp } from "sharp";
import { Random } from "./random.ts";
import type { Layer, Painting } from "./scene.ts";

/** Joins the layers and adds what a lens or paper would: bloom, vignette, grain. */
export async function render(
  painting: Painting,
  width: number,
  height: number,
): Promise<Sharp> {
  const layers = await Promise.all(
    painting.layers.map((layer) => rasterize(layer, width, height)),
  );
  const [base, ...others] = layers;
  const joined = await sharp(base!.input as Uint8Array, { raw: base!.raw })
    .composite(others).removeAlpha().raw().toBuffer();
  const raw = { width, height, channels: 3 as const };
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

async function rasterize(layer: Layer, width: number, height: number): Promise<OverlayOptions> {
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

function vignette(width: number, height: number, strength: number): Uint8Array {
  return new TextEncoder().encode(
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
  return { input: data, raw: { width: size, height: size, channels: 3 as const } };
}
