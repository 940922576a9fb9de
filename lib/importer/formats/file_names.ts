import type { SidecarKind } from "../facts.ts";

const MODEL = /\.(?:safetensors|pt|ckpt|bin|pth|gguf)$/i;

/** The name of a model file without its extension, or null if it is none. */
export function modelStem(fileName: string): string | null {
  const stem = fileName.replace(MODEL, "");
  return stem && stem !== fileName ? stem : null;
}

/** Long endings first: `NAME.metadata.json` also ends in `.json`. */
const SIDECARS: [RegExp, SidecarKind | "json"][] = [
  [/\.civitai\.info$/i, "civitai_version"],
  [/\.api_info\.json$/i, "civitai_version"],
  [/\.metadata\.json$/i, "lora_manager"],
  [/\.cm-info\.json$/i, "stability_matrix"],
  [/\.(?:safetensors|pt|ckpt|bin|pth)\.rgthree-info\.json$/i, "rgthree"],
  [/\.rgthree-info\.json$/i, "rgthree"],
  [/\.swarm\.json$/i, "swarm"],
  [/\.json$/i, "json"],
  [/\.description\.txt$/i, "text"],
  [/\.txt$/i, "text"],
];

/**
 * The model a sidecar belongs to, by its name, and what the ending promises. A hint and no more: the
 * kind is decided by `detectSidecar()`.
 *
 * @returns Null if a file of this name is no sidecar.
 */
export function sidecarStem(
  fileName: string,
): { stem: string; kindHint: SidecarKind | "json" } | null {
  for (const [ending, kindHint] of SIDECARS) {
    const stem = fileName.replace(ending, "");
    if (stem !== fileName) return stem ? { stem, kindHint } : null;
  }
  return null;
}

/** Full pictures before thumbnails, stills before films, what every tool decodes before what few do. */
const INFIXES = ["", ".preview", ".thumb", ".example.0"];
const IMAGES = "png jpg jpeg webp avif gif tiff tif jp2 jxl".split(" ");
const VIDEOS = ["mp4", "webm"];
const ENDINGS = [IMAGES, VIDEOS].flatMap((extensions) =>
  INFIXES.flatMap((infix) => extensions.map((extension) => `${infix}.${extension}`))
);
const RANKS = new Map(ENDINGS.map((ending, rank) => [ending, rank]));

/** One spelling for names that file systems treat alike: macOS hands out decomposed accents. */
const fold = (name: string) => name.normalize("NFC").toLowerCase();

/**
 * How good a preview of `stem` a file is: 0 is best, null is none. The order unites those of A1111,
 * SD.Next, SwarmUI, ComfyUI-Lora-Manager and StabilityMatrix.
 */
export function previewRank(fileName: string, stem: string): number | null {
  const [name, start] = [fold(fileName), fold(stem)];
  return name.startsWith(start) ? RANKS.get(name.slice(start.length)) ?? null : null;
}
