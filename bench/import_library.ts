/**
 * A library as collectors have it: Civitai documents of realistic size beside small model files with kohya headers. Made
 * once from a seed and kept, so that runs can be compared.
 */
import { join } from "node:path";

/** Raised when the content changes, so that an older library is not measured by mistake. */
const VERSION = 1;
const PER_FOLDER = 400;

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  "neon rain city forest armor cloak portrait style anime watercolor ink detail light shadow river castle " +
  "dragon knight dress hair eyes smile street night morning fog gold silver crystal flower mountain sea sky moon star " +
  "robot ghost witch garden temple bridge train lamp window mirror cat wolf fox bird tree snow desert storm";
const LEXICON = WORDS.split(" ");
const BASES = ["SD 1.5", "SDXL 1.0", "Pony", "Illustrious", "Flux.1 D", "SD 2.1"];

class Writer {
  readonly #random: () => number;
  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }
  int = (below: number) => Math.floor(this.#random() * below);
  word = () => LEXICON[this.int(LEXICON.length)]!;
  words = (count: number) => Array.from({ length: count }, this.word);
  text = (count: number) => this.words(count).join(" ");
  hex = (digits: number) =>
    Array.from({ length: digits }, () => this.int(16).toString(16)).join("").toUpperCase();

  image() {
    const id = this.int(1e8);
    return {
      id,
      url: `https://image.civitai.example/xG1nkqKTMzGDvpLrqFT7WA/${
        this.hex(32)
      }/width=450/${id}.jpeg`,
      nsfwLevel: 2 ** this.int(5),
      width: 512 + 64 * this.int(8),
      height: 768 + 64 * this.int(8),
      hash: this.hex(36),
      type: "image",
      hasMeta: true,
      meta: {
        seed: this.int(4294967295),
        steps: 20 + this.int(30),
        prompt: `masterpiece, best quality, ${
          this.words(35).join(", ")
        }, <lora:${this.word()}:0.8>`,
        negativePrompt: `worst quality, low quality, ${this.words(25).join(", ")}`,
        sampler: "DPM++ 2M Karras",
        cfgScale: 7,
        clipSkip: 2,
        Model: this.text(2),
        "Model hash": this.hex(10),
      },
    };
  }

  version(stem: string, modelId: number, index: number) {
    const id = modelId * 10 + index;
    return {
      id,
      modelId,
      index,
      name: `v${index + 1}.0`,
      createdAt: "2023-05-01T10:00:00.000Z",
      updatedAt: "2023-05-02T10:00:00.000Z",
      publishedAt: "2023-05-01T12:00:00.000Z",
      trainedWords: [this.text(2), this.text(3)],
      baseModel: BASES[this.int(BASES.length)],
      description: `<p>${this.text(40)}</p>`,
      stats: { downloadCount: this.int(90_000), ratingCount: this.int(900), rating: 4.8 },
      files: [{
        id: id * 3,
        name: index === 0 ? `${stem}.safetensors` : `${stem}_${index}.safetensors`,
        sizeKB: 147_000 + this.int(1000) / 7,
        type: "Model",
        metadata: { fp: "fp16", size: "full", format: "SafeTensor" },
        pickleScanResult: "Success",
        virusScanResult: "Success",
        scannedAt: "2023-05-01T12:10:00.000Z",
        hashes: {
          AutoV1: this.hex(8),
          AutoV2: this.hex(10),
          AutoV3: this.hex(12),
          SHA256: this.hex(64),
          CRC32: this.hex(8),
          BLAKE3: this.hex(64),
        },
        downloadUrl: `https://civitai.example/api/download/models/${id}`,
        primary: true,
      }],
      images: Array.from({ length: 4 + this.int(5) }, () => this.image()),
      downloadUrl: `https://civitai.example/api/download/models/${id}`,
    };
  }

  document(stem: string, id: number): string {
    const paragraphs = Array.from({ length: 5 + this.int(12) }, () => `<p>${this.text(30)}</p>`);
    const versions = this.int(100) < 72 ? 1 : 2 + this.int(2);
    return JSON.stringify({
      id,
      name: `${this.text(3)} ${id}`,
      description: `<h2>${this.text(4)}</h2>${paragraphs.join("")}<ul><li>${
        this.text(8)
      }</li></ul>`,
      type: "LORA",
      poi: false,
      nsfw: this.int(5) === 0,
      allowNoCredit: true,
      allowCommercialUse: ["Image", "RentCivit"],
      allowDerivatives: true,
      stats: {
        downloadCount: this.int(90_000),
        favoriteCount: this.int(9000),
        commentCount: this.int(90),
        ratingCount: this.int(900),
        rating: 4.8,
      },
      creator: { username: `${this.word()}${this.int(2200)}`, image: null },
      tags: this.words(4 + this.int(8)),
      modelVersions: Array.from({ length: versions }, (_, index) => this.version(stem, id, index)),
    });
  }

  model(stem: string): Uint8Array {
    const tags = Object.fromEntries(this.words(40).map((word) => [word, this.int(200)]));
    const tensors = Object.fromEntries(Array.from({ length: 24 }, (_, n) => [
      `lora_unet_down_blocks_${n}_attentions_0_proj_in.lora_down.weight`,
      { dtype: "F16", shape: [4, 4], data_offsets: [n * 32, n * 32 + 32] },
    ]));
    const header = new TextEncoder().encode(JSON.stringify({
      __metadata__: {
        ss_output_name: stem,
        ss_network_dim: "32",
        ss_network_alpha: "16",
        ss_network_module: "networks.lora",
        ss_sd_model_name: "v1-5-pruned.safetensors",
        ss_tag_frequency: JSON.stringify({ [`10_${this.word()}`]: tags }),
        sshs_model_hash: this.hex(64).toLowerCase(),
      },
      ...tensors,
    }));
    const bytes = new Uint8Array(8 + header.length + 24 * 32);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(header, 8);
    for (let at = 8 + header.length; at < bytes.length; at++) bytes[at] = this.int(256);
    return bytes;
  }
}

/**
 * @param count Of models, each with one document.
 * @returns The library's folder, made now or by an earlier run.
 */
export function makeLibrary(count: number): string {
  const base = join(Deno.env.get("TMPDIR") ?? "/tmp", `lm-bench-import-v${VERSION}-${count}`);
  const done = join(base, "done");
  const root = join(base, "loras");
  try {
    Deno.statSync(done);
    return root;
  } catch { /* Not made yet. */ }
  const writer = new Writer(20230701);
  for (let n = 0; n < count; n++) {
    const dir = join(root, `folder ${Math.floor(n / PER_FOLDER)}`);
    if (n % PER_FOLDER === 0) Deno.mkdirSync(dir, { recursive: true });
    const stem = `${writer.word()}_${writer.word()}_${n}`;
    Deno.writeTextFileSync(join(dir, `${stem}.json`), writer.document(stem, 1000 + n));
    Deno.writeFileSync(join(dir, `${stem}.safetensors`), writer.model(stem));
  }
  Deno.writeTextFileSync(done, "");
  return root;
}
