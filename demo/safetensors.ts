import { createHash } from "node:crypto";
import type { Lora } from "./lora.ts";
import { Random } from "./paint/random.ts";

const RANK = 4;

/** Names and widths as trainers give them, one attention layer for each kind of model. */
const LAYERS: Record<Lora["base"], { name: string; input: number; output: number }[]> = {
  "SD 1.5": [{
    name: "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k",
    input: 768,
    output: 640,
  }],
  "SDXL 1.0": sdxl(),
  "Pony": sdxl(),
  "Illustrious": sdxl(),
  "Flux.1 D": [{ name: "lora_unet_double_blocks_0_img_attn_proj", input: 3072, output: 3072 }],
};

function sdxl() {
  return [
    {
      name: "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k",
      input: 2048,
      output: 640,
    },
    { name: "lora_te2_text_model_encoder_layers_0_mlp_fc1", input: 128, output: 128 },
  ];
}

const KOHYA: Record<
  Lora["base"],
  { version: string; architecture: string; checkpoint: string; resolution: string }
> = {
  "SD 1.5": {
    version: "sd_v1",
    architecture: "stable-diffusion-v1/lora",
    checkpoint: "v1-5-pruned-emaonly.safetensors",
    resolution: "512x768",
  },
  "SDXL 1.0": {
    version: "sdxl_base_v1-0",
    architecture: "stable-diffusion-xl-v1-base/lora",
    checkpoint: "sd_xl_base_1.0.safetensors",
    resolution: "1024x1024",
  },
  "Pony": {
    version: "sdxl_base_v1-0",
    architecture: "stable-diffusion-xl-v1-base/lora",
    checkpoint: "ponyDiffusionV6XL.safetensors",
    resolution: "1024x1024",
  },
  "Illustrious": {
    version: "sdxl_base_v1-0",
    architecture: "stable-diffusion-xl-v1-base/lora",
    checkpoint: "Illustrious-XL-v0.1.safetensors",
    resolution: "1024x1024",
  },
  "Flux.1 D": {
    version: "flux1",
    architecture: "flux-1-dev/lora",
    checkpoint: "flux1-dev.safetensors",
    resolution: "1024x1024",
  },
};

/**
 * A valid safetensors file of a few kilobytes with a trainer's notes in its header.
 *
 * @param cover A JPEG to put into the header, where some tools look for it.
 */
export function makeSafetensors(lora: Lora, cover?: Uint8Array): Uint8Array {
  const random = new Random(lora.file);
  const tensors: Record<string, unknown> = {};
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const add = (name: string, shape: number[], scale: number) => {
    const values = Float16Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      () => scale * random.gauss(),
    );
    const bytes = new Uint8Array(values.buffer);
    tensors[name] = { dtype: "F16", shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    chunks.push(bytes);
  };
  for (const { name, input, output } of LAYERS[lora.base]) {
    add(`${name}.alpha`, [], RANK);
    add(`${name}.lora_down.weight`, [RANK, input], 0.02);
    add(`${name}.lora_up.weight`, [output, RANK], 0.02);
  }
  const hash = createHash("sha256");
  chunks.forEach((chunk) => hash.update(chunk));
  const metadata = lora.bare ? { format: "pt" } : notes(lora, random, hash.digest("hex"), cover);
  const json = JSON.stringify({ __metadata__: metadata, ...tensors });
  const header = new TextEncoder().encode(json);
  const padded = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + padded + offset).fill(0x20, 8, 8 + padded);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.set(header, 8);
  let at = 8 + padded;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

function notes(lora: Lora, random: Random, modelHash: string, cover?: Uint8Array) {
  const kohya = KOHYA[lora.base];
  const images = random.int(24, 140), repeats = random.pick([4, 8, 10]), epochs = random.int(8, 16);
  const finished = Date.parse(lora.published) / 1000;
  const title = lora.file.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
  return {
    ss_output_name: title,
    ss_base_model_version: kohya.version,
    ss_sd_model_name: kohya.checkpoint,
    ss_network_module: "networks.lora",
    ss_network_dim: String(random.pick([8, 16, 32])),
    ss_network_alpha: String(random.pick([4, 8, 16])),
    ss_optimizer: random.pick(["prodigyopt.prodigy.Prodigy", "bitsandbytes.optim.adamw.AdamW8bit"]),
    ss_learning_rate: random.pick(["1.0", "0.0001"]),
    ss_lr_scheduler: "cosine",
    ss_num_train_images: String(images * repeats),
    ss_num_epochs: String(epochs),
    ss_epoch: String(epochs),
    ss_steps: String(Math.round(images * repeats * epochs / 4)),
    ss_clip_skip: lora.base === "SD 1.5" ? "1" : "2",
    ss_mixed_precision: "bf16",
    ss_resolution: `(${kohya.resolution.replace("x", ", ")})`,
    ss_training_started_at: String(finished - 5400),
    ss_training_finished_at: String(finished),
    ss_tag_frequency: JSON.stringify({
      [`${repeats}_${lora.words[0] ?? title}`]: tagCounts(lora, random, images),
    }),
    sshs_model_hash: modelHash,
    sshs_legacy_hash: modelHash.slice(0, 8),
    "modelspec.sai_model_spec": "1.0.0",
    "modelspec.architecture": kohya.architecture,
    "modelspec.title": title,
    "modelspec.resolution": kohya.resolution,
    "modelspec.date": `${lora.published}T12:00:00`,
    ...(cover ? { "modelspec.thumbnail": `data:image/jpeg;base64,${cover.toBase64()}` } : {}),
  };
}

const COMMON_TAGS = [
  "no humans",
  "scenery",
  "outdoors",
  "highly detailed",
  "depth of field",
  "from above",
  "sky",
  "night",
  "simple background",
  "still life",
];

/** The trained word in every caption, its tags in most, and some that any captioner sees everywhere. */
function tagCounts(lora: Lora, random: Random, images: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of lora.words) counts[word] = images;
  for (const tag of [...lora.tags, ...COMMON_TAGS]) {
    if (random.chance(0.75)) counts[tag] = random.int(1, images);
  }
  return counts;
}
