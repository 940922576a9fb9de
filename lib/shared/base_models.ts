/** Models that share tensor names and shapes: an adapter made for one loads on every other. */
export type Family =
  | "SD 1"
  | "SD 2"
  | "SDXL"
  | "SD 3"
  | "Stable Cascade"
  | "Flux.1"
  | "Flux.2"
  | "Chroma"
  | "AuraFlow"
  | "PixArt"
  | "HiDream"
  | "Hunyuan DiT"
  | "Hunyuan Video"
  | "Kolors"
  | "Lumina"
  | "Qwen"
  | "Z-Image"
  | "Wan Video"
  | "LTX Video"
  | "CogVideoX"
  | "Mochi"
  | "SVD";

interface Rule {
  family: Family;
  /** The name shown; a text that names no more than the family becomes this. */
  name: string;
  /** Tested against the text in lower case without spaces, dots, dashes, underscores and slashes. */
  pattern: RegExp;
}

/**
 * The first rule that matches decides, so the particular stands before the general: Pony V7 is an
 * AuraFlow model, Pony V6 an SDXL one. Patterns cover Civitai's names, A1111's and kohya's short ones
 * (`sdxl_base_v1-0`) and modelspec's (`stable-diffusion-xl-v1-base/lora`).
 */
const RULES: Rule[] = [
  { family: "AuraFlow", name: "Pony V7", pattern: /pony.*v7/ },
  { family: "AuraFlow", name: "AuraFlow", pattern: /auraflow/ },
  { family: "SDXL", name: "Pony", pattern: /pony/ },
  { family: "SDXL", name: "NoobAI", pattern: /noob/ },
  { family: "SDXL", name: "Illustrious", pattern: /illustrious|^ilxl/ },
  { family: "SDXL", name: "Animagine", pattern: /animagine/ },
  { family: "SDXL", name: "SDXL Turbo", pattern: /(?:sdxl|xl).*turbo/ },
  { family: "SDXL", name: "SDXL Lightning", pattern: /(?:sdxl|xl).*lightning/ },
  { family: "SDXL", name: "SDXL Hyper", pattern: /(?:sdxl|xl).*hyper/ },
  { family: "SDXL", name: "SDXL 1.0 LCM", pattern: /sdxl.*lcm/ },
  { family: "SDXL", name: "SDXL Distilled", pattern: /sdxl.*distilled/ },
  { family: "SDXL", name: "SDXL 0.9", pattern: /sdxl0?9/ },
  { family: "SDXL", name: "Playground v2", pattern: /playgroundv2/ },
  { family: "SVD", name: "SVD", pattern: /^svd|stablevideodiffusion/ },
  { family: "SDXL", name: "SDXL 1.0", pattern: /sdxl|stablediffusionxl/ },
  { family: "Stable Cascade", name: "Stable Cascade", pattern: /cascade|wuerstchen/ },
  { family: "SD 3", name: "SD 3.5 Large Turbo", pattern: /(?:sd|diffusion)v?35largeturbo/ },
  { family: "SD 3", name: "SD 3.5 Large", pattern: /(?:sd|diffusion)v?35large/ },
  { family: "SD 3", name: "SD 3.5 Medium", pattern: /(?:sd|diffusion)v?35medium/ },
  { family: "SD 3", name: "SD 3.5", pattern: /(?:^sd|diffusion)v?35/ },
  { family: "SD 3", name: "SD 3", pattern: /(?:^sd|diffusion)v?3/ },
  { family: "SD 2", name: "SD 2.0 768", pattern: /(?:^sd|diffusion)v?20768/ },
  { family: "SD 2", name: "SD 2.1 768", pattern: /(?:^sd|diffusion)v?2(?:1?768|v)/ },
  { family: "SD 2", name: "SD 2.0", pattern: /(?:^sd|diffusion)v?20/ },
  { family: "SD 2", name: "SD 2.1", pattern: /(?:^sd|diffusion)v?2/ },
  { family: "SD 1", name: "SD 1.4", pattern: /(?:^sd|diffusion)v?14/ },
  { family: "SD 1", name: "SD 1.5 LCM", pattern: /(?:^sd|diffusion)v?15lcm/ },
  { family: "SD 1", name: "SD 1.5 Hyper", pattern: /(?:^sd|diffusion)v?15hyper/ },
  { family: "SD 1", name: "SD 1.5", pattern: /(?:^sd|diffusion)v?1|^v15pruned/ },
  { family: "Flux.2", name: "Flux.2 Klein", pattern: /flux2.*klein/ },
  { family: "Flux.2", name: "Flux.2 D", pattern: /flux2/ },
  { family: "Flux.1", name: "Flux.1 Kontext", pattern: /flux.*kontext/ },
  { family: "Flux.1", name: "Flux.1 Krea", pattern: /flux.*krea/ },
  { family: "Flux.1", name: "Flux.1 S", pattern: /flux1?s(?:chnell)?(?:$|lora)|schnell/ },
  { family: "Flux.1", name: "Flux.1 D", pattern: /flux/ },
  { family: "Chroma", name: "Chroma", pattern: /^chroma/ },
  { family: "PixArt", name: "PixArt E", pattern: /pixart.*(?:e|sigma)$/ },
  { family: "PixArt", name: "PixArt a", pattern: /pixart/ },
  { family: "HiDream", name: "HiDream", pattern: /hidream/ },
  { family: "Hunyuan Video", name: "Hunyuan Video", pattern: /hunyuanvideo/ },
  { family: "Hunyuan DiT", name: "Hunyuan 1", pattern: /hunyuan/ },
  { family: "Kolors", name: "Kolors", pattern: /kolors/ },
  { family: "Z-Image", name: "Z-Image Turbo", pattern: /zimage.*turbo/ },
  { family: "Z-Image", name: "Z-Image", pattern: /zimage/ },
  { family: "Lumina", name: "Lumina", pattern: /lumina/ },
  { family: "Qwen", name: "Qwen", pattern: /qwen/ },
  { family: "Wan Video", name: "Wan Video", pattern: /^wan(?:video|\d|$)/ },
  { family: "LTX Video", name: "LTXV", pattern: /^ltx/ },
  { family: "CogVideoX", name: "CogVideoX", pattern: /cogvideo/ },
  { family: "Mochi", name: "Mochi", pattern: /^mochi/ },
];

/** Texts that say nothing; "Other" is an answer on Civitai, but names no architecture. */
const PLACEHOLDERS = new Set(["", "unknown", "none", "null", "undefined", "any", "n/a"]);

function ruleFor(text: string): Rule | undefined {
  const key = text.toLowerCase().replace(/[\s._/-]+/g, "");
  return RULES.find((rule) => rule.pattern.test(key));
}

/** The architecture a base model belongs to, or null for one this list does not know. */
export function familyOf(baseModel: string | null | undefined): Family | null {
  return baseModel ? ruleFor(baseModel)?.family ?? null : null;
}

/**
 * The name of a base model as people know it: "sdxl_base_v1-0" becomes "SDXL 1.0". Civitai's longer
 * names ("Wan Video 14B t2v") stay as they are, and so does a name nobody here has heard of.
 *
 * @returns Null for an empty text and for placeholders such as "Unknown" and "None".
 */
export function normalizeBaseModel(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  if (PLACEHOLDERS.has(trimmed.toLowerCase())) return null;
  const isWritten = trimmed.includes(" ") && !/stable[ _-]?diffusion/i.test(trimmed);
  return isWritten ? trimmed : ruleFor(trimmed)?.name ?? trimmed;
}

/** The base model a checkpoint's title or file name suggests, or null. */
export function guessBaseModel(checkpoint: string): string | null {
  const stem = checkpoint.replace(/\[.*\]\s*$/, "").trim().split(/[\\/]/).at(-1)!;
  const named = ruleFor(stem)?.name;
  return named ?? (/xl(?=$|[^a-z])/i.test(stem) ? "SDXL 1.0" : null);
}

/** The value of A1111's "sd version" that fits a base model: SD1, SD2, SDXL, SD3 or Flux. */
export function sdVersionOf(baseModel: string | null | undefined): string | null {
  switch (familyOf(baseModel)) {
    case "SD 1":
      return "SD1";
    case "SD 2":
      return "SD2";
    case "SDXL":
      return "SDXL";
    case "SD 3":
      return "SD3";
    case "Flux.1":
      return "Flux";
    default:
      return null;
  }
}

/** Tensors of one size do not fit another, e.g. Wan 1.3B and 14B, or SD 3.5 Large and Medium. */
function sizeOf(baseModel: string): string | null {
  return /\b(\d+(?:\.\d+)?b|large|medium)\b/i.exec(baseModel)?.[1]?.toLowerCase() ?? null;
}

export type Compatibility = "same" | "family" | "incompatible" | "unknown";

/** How an adapter made for `a` goes with a model of kind `b`; symmetric. */
export function compatibilityOf(
  a: string | null | undefined,
  b: string | null | undefined,
): Compatibility {
  const [left, right] = [normalizeBaseModel(a), normalizeBaseModel(b)];
  if (!left || !right) return "unknown";
  if (left === right) return "same";
  const [leftFamily, rightFamily] = [familyOf(left), familyOf(right)];
  if (!leftFamily || !rightFamily) return "unknown";
  if (leftFamily !== rightFamily) return "incompatible";
  const [leftSize, rightSize] = [sizeOf(left), sizeOf(right)];
  return leftSize && rightSize && leftSize !== rightSize ? "incompatible" : "family";
}

/** False only if both are known and do not fit: hiding what might work would be worse than offering it. */
export function isCompatible(a: string | null | undefined, b: string | null | undefined): boolean {
  return compatibilityOf(a, b) !== "incompatible";
}
