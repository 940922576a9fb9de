import { homedir } from "node:os";
import { join, resolve } from "node:path";

export interface LikelyFolder {
  /** Absolute, without links. */
  path: string;
  /** Model files found in it, at most `COUNTED`. */
  files: number;
  /** True if there are more than were counted. */
  isMore: boolean;
}

/** Where the usual applications keep their LoRAs, below a home or beside this application. */
const PLACES = [
  "stable-diffusion-webui/models/Lora",
  "stable-diffusion-webui-forge/models/Lora",
  "sdnext/models/Lora",
  "automatic/models/Lora",
  "ComfyUI/models/loras",
  "Documents/ComfyUI/models/loras",
  "SwarmUI/Models/Lora",
  "StabilityMatrix/Data/Models/Lora",
  "StabilityMatrix/Models/Lora",
  "Fooocus/models/loras",
  "models/Lora",
  "models/loras",
  "loras",
];

const MODEL = /\.(safetensors|pt|ckpt|gguf)$/i;
const COUNTED = 2_000;
const DEPTH = 3;

/**
 * Folders that look as if they hold LoRAs, fullest first; what cannot be read is left out. A look at names only, cut off
 * early, so that a first page does not wait for a large drive.
 *
 * @param bases Folders to look below; the user's home and this application's surroundings by default.
 */
export async function likelyFolders(
  bases: readonly string[] = [homedir(), Deno.cwd(), resolve(Deno.cwd(), "..")],
): Promise<LikelyFolder[]> {
  const paths = bases.flatMap((base) => PLACES.map((place) => join(base, place)));
  const real = await Promise.all(paths.map((path) => Deno.realPath(path).catch(() => null)));
  const folders = await Promise.all(
    [...new Set(real.filter((path) => path !== null))].map(look),
  );
  return folders.filter((folder) => folder !== null).toSorted((a, b) => b.files - a.files);
}

async function look(path: string): Promise<LikelyFolder | null> {
  try {
    const files = await countModels(path, DEPTH);
    return { path, files: Math.min(files, COUNTED), isMore: files > COUNTED };
  } catch {
    return null;
  }
}

/** Stops soon after `COUNTED`. @throws If the folder itself cannot be listed. */
async function countModels(folder: string, depth: number): Promise<number> {
  let files = 0;
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isFile && MODEL.test(entry.name)) files++;
    else if (entry.isDirectory && depth > 0 && !entry.name.startsWith(".")) {
      files += await countModels(join(folder, entry.name), depth - 1).catch(() => 0);
    }
    if (files > COUNTED) break;
  }
  return files;
}
