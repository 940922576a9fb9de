import { estimateClipTokens } from "./clip_tokens.ts";
import { formatWeight, isWritable, tokenFor } from "./token.ts";
import { phrasesOf, type TriggerMode, type TriggerSource, uniquePhrases } from "./triggers.ts";
import {
  type PromptWarning,
  warningOfLength,
  warningsOfBaseModels,
  warningsOfItems,
  warningsOfOwnText,
} from "./warnings.ts";

/** An adapter as composing sees it. What is absent is not judged. */
export interface PromptItem extends TriggerSource {
  id: string;
  name: string;
  /** See `stemOf`. */
  stem: string;
  weight: number;
  base_model?: string | null;
  file_status?: string;
  file_format?: string;
  /** True if the library holds another file of the same stem. */
  shares_stem?: boolean;
}

export interface ComposeInput {
  prefix?: string;
  suffix?: string;
  /** In the order in which to write them; see `orderActive`. */
  items: readonly PromptItem[];
  triggers?: TriggerMode;
  /** The checkpoint's base model; LoRAs that do not fit it are warned about. */
  target_base_model?: string | null;
}

/** What was written for one adapter. */
export interface ComposedItem {
  id: string;
  name: string;
  stem: string;
  /** As written: rounded to three decimals. */
  weight: number;
  token: string;
}

export interface ComposedPrompt {
  prompt: string;
  tokens: string[];
  /** One per token, in the same order. */
  items: ComposedItem[];
  /** The trigger words that were added. */
  trigger_words: string[];
  /** Estimated; see `estimateClipTokens`. */
  clip_tokens: number;
  warnings: PromptWarning[];
}

/**
 * Prefix, LoRA tokens, trigger words and suffix, joined by single spaces; empty parts vanish. An adapter whose file name no
 * token can hold is left out and warned about; one given twice is written once.
 *
 * @throws {RangeError} If a weight is not a finite number.
 */
export function composePrompt(input: ComposeInput): ComposedPrompt {
  const prefix = input.prefix?.trim() ?? "";
  const suffix = input.suffix?.trim() ?? "";
  const { unique, repeated } = firstOfEach(input.items);
  const items = unique.filter(({ stem }) => isWritable(stem)).map(writeItem);
  const tokens = items.map(({ token }) => token);
  const words = uniquePhrases(
    unique.flatMap((item) => phrasesOf(item, input.triggers ?? "none")),
    [prefix, suffix],
  );
  const prompt = [prefix, tokens.join(" "), words.join(", "), suffix].filter(Boolean).join(" ");
  const clipTokens = estimateClipTokens(prompt);
  return {
    prompt,
    tokens,
    items,
    trigger_words: words,
    clip_tokens: clipTokens,
    warnings: [
      ...repeated.map(warningOfRepeat),
      ...warningsOfItems(unique),
      ...warningsOfOwnText(unique, `${prefix} ${suffix}`),
      ...warningsOfBaseModels(unique, input.target_base_model),
      ...warningOfLength(clipTokens),
    ],
  };
}

function writeItem({ id, name, stem, weight }: PromptItem): ComposedItem {
  return { id, name, stem, weight: Number(formatWeight(weight)), token: tokenFor(stem, weight) };
}

function firstOfEach(items: readonly PromptItem[]) {
  const unique = new Map<string, PromptItem>();
  const repeated: PromptItem[] = [];
  for (const item of items) {
    if (unique.has(item.id)) repeated.push(item);
    else unique.set(item.id, item);
  }
  return { unique: [...unique.values()], repeated };
}

function warningOfRepeat(item: PromptItem): PromptWarning {
  return {
    code: "duplicate_adapter",
    message: `${item.name} is given more than once and written once, with its first weight.`,
    adapter_id: item.id,
    severity: "warning",
  };
}
