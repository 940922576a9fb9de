import { compatibilityOf } from "../base_models.ts";
import { CLIP_TOKENS } from "./clip_tokens.ts";
import type { PromptItem } from "./compose.ts";
import { parsePrompt } from "./parse.ts";
import { hasServerDependentName, USUAL_WEIGHT, whyUnwritable } from "./token.ts";

export const WARNING_CODES = [
  "unwritable_name",
  "server_dependent_name",
  "duplicate_adapter",
  "file_missing",
  "unsafe_format",
  "ambiguous_stem",
  "weight_zero",
  "weight_out_of_range",
  "incompatible_base_models",
  "too_many_tokens",
] as const;
export type WarningCode = typeof WARNING_CODES[number];

export interface PromptWarning {
  code: WarningCode;
  /** One sentence for people: what is the matter and what to do. */
  message: string;
  /** Absent if it concerns the prompt as a whole. */
  adapter_id?: string;
  /** "note": works as it stands, on most servers. */
  severity: "note" | "warning";
}

/** What is odd about each item by itself, in the order of the items. */
export function warningsOfItems(items: readonly PromptItem[]): PromptWarning[] {
  const stems = new Map<string, number>();
  for (const { stem } of items) stems.set(stem, (stems.get(stem) ?? 0) + 1);
  return items.flatMap((item) => warningsOf(item, (stems.get(item.stem) ?? 0) > 1));
}

function warningsOf(item: PromptItem, sharesStemHere: boolean): PromptWarning[] {
  const found: PromptWarning[] = [];
  const say = (
    code: WarningCode,
    message: string,
    severity: PromptWarning["severity"] = "warning",
  ) => found.push({ code, message, adapter_id: item.id, severity });

  const unwritable = whyUnwritable(item.stem);
  if (unwritable) {
    say(
      "unwritable_name",
      `${item.name} is left out: no token can name the file "${item.stem}", because ${unwritable}. Rename the file.`,
    );
  } else if (hasServerDependentName(item.stem)) {
    say(
      "server_dependent_name",
      `Older SD.Next servers know "${item.stem}" as "${
        item.stem.replaceAll(".", "_")
      }" and will not find it.`,
      "note",
    );
  }
  if (item.file_status === "missing") {
    say("file_missing", `The file of ${item.name} is missing here; the server may not have it.`);
  } else if (item.file_status === "unreadable") {
    say("file_missing", `The file of ${item.name} could not be read.`);
  }
  if (item.file_format === "pickle") {
    say(
      "unsafe_format",
      `${item.name} is a pickle file, which can run code on the server that loads it. Prefer safetensors.`,
    );
  }
  if (item.shares_stem || sharesStemHere) {
    say(
      "ambiguous_stem",
      `More than one file is called "${item.stem}"; the server decides which of them it loads.`,
    );
  }
  if (item.weight === 0) {
    say("weight_zero", `${item.name} has weight 0, so the server skips it.`, "note");
  } else if (item.weight < USUAL_WEIGHT.min || item.weight > USUAL_WEIGHT.max) {
    say(
      "weight_out_of_range",
      `The weight ${item.weight} of ${item.name} is outside ${USUAL_WEIGHT.min} to ${USUAL_WEIGHT.max}, where pictures usually break.`,
    );
  }
  return found;
}

/** Items whose token the user's own prefix or suffix already holds: the server would apply both. */
export function warningsOfOwnText(
  items: readonly PromptItem[],
  ownText: string,
): PromptWarning[] {
  const written = new Set(
    parsePrompt(ownText).flatMap((segment) => segment.type === "lora" ? [segment.stem] : []),
  );
  return items.filter(({ stem }) => written.has(stem)).map((item) => ({
    code: "duplicate_adapter",
    message: `${item.name} is already written in your text, so the server applies it twice.`,
    adapter_id: item.id,
    severity: "warning",
  }));
}

/** Items that do not fit the checkpoint or, if none is named, the base model that most of the items are for. */
export function warningsOfBaseModels(
  items: readonly PromptItem[],
  target: string | null | undefined,
): PromptWarning[] {
  const expected = target ?? commonest(items.flatMap(({ base_model }) => base_model ?? []));
  if (!expected) return [];
  return items
    .filter(({ base_model }) => compatibilityOf(base_model, expected) === "incompatible")
    .map((item) => ({
      code: "incompatible_base_models",
      message: target
        ? `${item.name} is made for ${item.base_model} and does not load on ${target}.`
        : `${item.name} is made for ${item.base_model}; the others are for ${expected}, so no checkpoint loads all of them.`,
      adapter_id: item.id,
      severity: "warning",
    }));
}

/** The value that most others go with; the first one wins a tie. */
function commonest(models: readonly string[]): string | undefined {
  const fits = (model: string) =>
    models.filter((other) => ["same", "family"].includes(compatibilityOf(model, other))).length;
  return models.length === 0
    ? undefined
    : models.reduce((best, model) => fits(model) > fits(best) ? model : best);
}

/** @param clipTokens As `estimateClipTokens` counts. */
export function warningOfLength(clipTokens: number): PromptWarning[] {
  return clipTokens <= CLIP_TOKENS ? [] : [{
    code: "too_many_tokens",
    message:
      `About ${clipTokens} tokens: CLIP reads ${CLIP_TOKENS} at a time, so what comes later weighs less. Shorten the prompt, or put BREAK where it may be cut.`,
    severity: "warning",
  }];
}
