/** What tensor names and shapes tell about a network whose trainer left no metadata. */
export interface NetworkShape {
  /** "lora", "locon", "loha", "lokr", "dora", "oft", "full" (weight differences), "checkpoint", or null. */
  type: string | null;
  /** Largest inner dimension seen. */
  rank: number | null;
  /** As `lib/shared/base_models.ts` spells it. */
  baseModel: string | null;
}

const DOWN = /(?:lora_down|lora_A|lora\.down|lora_A\.default|lora_linear_layer\.down)\.weight$/;

/** In-dimension of the cross-attention keys, which is the width of the text encoder. */
const TEXT_WIDTHS: Record<number, string> = { 768: "SD 1.5", 1024: "SD 2.1", 2048: "SDXL 1.0" };

function typeOf(name: string, shape: readonly number[], down: boolean): string | null {
  if (name.endsWith(".dora_scale")) return "dora";
  if (down) return shape.length === 4 && shape[2] !== 1 ? "locon" : "lora";
  if (name.endsWith(".hada_w1_a")) return "loha";
  if (name.endsWith(".lokr_w1") || name.endsWith(".lokr_w1_a")) return "lokr";
  if (name.endsWith(".oft_blocks") || name.endsWith(".oft_diag")) return "oft";
  if (name.endsWith(".diff")) return "full";
  if (name.startsWith("model.diffusion_model.")) return "checkpoint";
  return null;
}

/** Later entries say more: a DoRA is also a LoRA, a LoCon has LoRA layers. */
const TYPE_ORDER = ["checkpoint", "full", "lora", "locon", "oft", "lokr", "loha", "dora"];

function modelOf(name: string, shape: readonly number[], down: boolean): string | null {
  if (name.startsWith("lora_te2_")) return "SDXL 1.0";
  if (name.includes("double_blocks")) {
    // Flux.1 has 19 double blocks, Hunyuan Video 20.
    return /double_blocks[._]19[._]/.test(name) ? "Hunyuan Video" : "Flux.1 D";
  }
  if (name.includes("single_transformer_blocks")) return "Flux.1 D";
  if (name.includes("joint_blocks")) return "SD 3";
  if (name.includes("img_mlp")) return "Qwen";
  if (/(?:^|[._])blocks[._]\d+[._]cross_attn/.test(name)) return "Wan Video";
  if (down && /attn2[._]to_k/.test(name)) return TEXT_WIDTHS[shape[1] ?? 0] ?? null;
  return null;
}

/** Reads the tensors one after the other, as the header lists them. */
export class TensorSurvey {
  #type = -1;
  #rank = 0;
  #model: string | null = null;

  add(name: string, shape: readonly number[]): void {
    const down = DOWN.test(name);
    const type = typeOf(name, shape, down);
    if (type) this.#type = Math.max(this.#type, TYPE_ORDER.indexOf(type));
    if (down || type === "loha" || name.endsWith(".lokr_w1_a")) {
      // Down weights are [rank, in, ...]; the factors of LoHa and LoKr are [out, rank].
      const rank = down ? shape[0] : shape[1];
      if (Number.isSafeInteger(rank)) this.#rank = Math.max(this.#rank, rank!);
    }
    if (this.#model === null || this.#model === "Flux.1 D") {
      this.#model = modelOf(name, shape, down) ?? this.#model;
    }
  }

  result(): NetworkShape {
    return {
      type: TYPE_ORDER[this.#type] ?? null,
      rank: this.#rank || null,
      baseModel: this.#model,
    };
  }
}
