import { availableParallelism } from "node:os";
import { dirname, extname, join } from "node:path";
import type { Lora, Picture, Shape } from "./lora.ts";
import { LORAS } from "./loras/mod.ts";
import { PAINTERS } from "./paint/painters/mod.ts";
import { render } from "./paint/render.ts";
import { Scene } from "./paint/scene.ts";
import { makeSafetensors } from "./safetensors.ts";
import { makeSidecars } from "./sidecars.ts";

const SIZES: Record<Shape, [number, number]> = {
  "2:3": [640, 960],
  "3:4": [672, 896],
  "4:5": [688, 860],
  "1:1": [720, 720],
  "16:9": [896, 504],
};

/** A pickle of an empty dictionary: recognised as one, harmless when loaded. */
const PICKLE = Uint8Array.of(0x80, 0x02, 0x7d, 0x71, 0x00, 0x2e);

/** An unfinished download that the user does not want to see; `.loraignore` says so. */
const EXTRAS: Record<string, string> = {
  ".loraignore": "# Half-finished experiments stay out of the catalog.\nwip/\n",
  "wip/do_not_import.safetensors": "not even started",
  "incoming/workflow.json": JSON.stringify({ last_node_id: 9, nodes: [], links: [], version: 0.4 }),
};

/**
 * Writes the demo library: believable files in every format that the importer reads, with pictures painted from seeds. The same
 * bytes every time.
 *
 * @param onProgress Called after each of the entries with the number done.
 */
export async function makeLibrary(
  folder: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  let done = 0;
  const queue = [...LORAS];
  const write = async () => {
    for (let lora = queue.shift(); lora; lora = queue.shift()) {
      await writeLora(folder, lora);
      onProgress(++done, LORAS.length);
    }
  };
  // One lane shades pixels in JavaScript while the others wait for sharp's threads.
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, write));
  for (const [path, content] of Object.entries(EXTRAS)) {
    await put(join(folder, path), new TextEncoder().encode(content));
  }
}

async function writeLora(folder: string, lora: Lora): Promise<void> {
  const path = join(folder, lora.file);
  const { picture } = lora;
  const cover = picture?.as === "header" ? await paint(lora, picture, ".jpg") : undefined;
  const model = modelBytes(lora, cover);
  if (lora.kind !== "missing") await put(path, model);
  for (const { name, content } of makeSidecars(lora, model)) {
    await put(join(dirname(path), name), new TextEncoder().encode(content));
  }
  if (picture && picture.as !== "header") {
    const stem = path.slice(0, -extname(path).length);
    await put(stem + picture.as, await paint(lora, picture, extname(picture.as) || picture.as));
  }
}

function modelBytes(lora: Lora, cover?: Uint8Array): Uint8Array {
  if (lora.kind === "pickle") return PICKLE;
  const source = lora.copyOf ? LORAS.find(({ file }) => file === lora.copyOf)! : lora;
  const bytes = makeSafetensors(source, cover);
  return lora.kind === "cut" ? bytes.subarray(0, 300) : bytes;
}

async function paint(lora: Lora, picture: Picture, extension: string): Promise<Uint8Array> {
  const [width, height] = SIZES[picture.shape];
  const scene = new Scene(width, height, picture.palette, lora.file);
  const image = await render(PAINTERS[picture.painter](scene), width, height);
  switch (extension) {
    case ".png":
      return await image.png({ compressionLevel: 3 }).toBuffer();
    case ".webp":
      return await image.webp({ quality: 88, effort: 2 }).toBuffer();
    default:
      return await image.jpeg({ quality: 90 }).toBuffer();
  }
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
}
