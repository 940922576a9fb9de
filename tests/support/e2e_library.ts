import sharp from "sharp";
import { LibraryFolder } from "./library_folder.ts";

const SHAPES = [[64, 96], [96, 96], [120, 80], [80, 100]] as const;
const BASES = ["SDXL 1.0", "SD 1.5", "Pony"] as const;

/** More than one page of the gallery: this many adapters. */
export const E2E_ADAPTERS = 72;

/**
 * A library for the browser: 72 adapters named "Lora 01" to "Lora 72" with pictures in four shapes. Every third is tagged
 * "rain", every fourth "neon"; 5 is rated X, and so is hidden by the default content level; 6 is rated R, and so is blurred; 7
 * carries hostile HTML.
 */
export async function makeE2eLibrary(): Promise<LibraryFolder> {
  const folder = await LibraryFolder.make();
  for (let n = 1; n <= E2E_ADAPTERS; n++) await writeOne(folder, n);
  return folder;
}

async function writeOne(folder: LibraryFolder, n: number): Promise<void> {
  const stem = `lora_${String(n).padStart(2, "0")}`;
  const [width, height] = SHAPES[n % SHAPES.length]!;
  const background = { r: (n * 37) % 256, g: (n * 91) % 256, b: (n * 53) % 256 };
  await folder.writeModel(`${stem}.safetensors`, { ss_network_dim: "16" }, stem);
  await folder.write(
    `${stem}.png`,
    await sharp({ create: { width, height, channels: 3, background } }).png().toBuffer(),
  );
  await folder.write(`${stem}.json`, civitaiModel(n, stem));
}

function civitaiModel(n: number, stem: string) {
  const tags = ["demo", ...(n % 3 === 0 ? ["rain"] : []), ...(n % 4 === 0 ? ["neon"] : [])];
  return {
    id: 1000 + n,
    name: `Lora ${String(n).padStart(2, "0")}`,
    description: n === 7 ? HOSTILE : `<p>The <strong>${n}th</strong> of them.</p>`,
    type: "LORA",
    nsfwLevel: n === 5 ? 8 : n === 6 ? 4 : 1,
    creator: { username: n % 2 === 0 ? "mara" : "oskar" },
    tags,
    modelVersions: [{
      id: 2000 + n,
      name: "v1",
      baseModel: BASES[n % BASES.length],
      trainedWords: [`word ${n}`],
      files: [{ name: `${stem}.safetensors`, type: "Model", sizeKB: 1, hashes: {} }],
      images: [],
      stats: { downloadCount: n * 10 },
    }],
  };
}

const HOSTILE =
  `<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>` +
  `<a href="javascript:document.title='broken in'">click</a><p>harmless</p>`;
