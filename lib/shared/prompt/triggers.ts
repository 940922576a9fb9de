import { withoutTokens } from "./parse.ts";

/** Which of an adapter's own words a prompt gets: none, what switches it on, or everything it was trained on. */
export const TRIGGER_MODES = ["none", "activation", "all"] as const;
export type TriggerMode = typeof TRIGGER_MODES[number];

export interface TriggerSource {
  activation_text?: string | null;
  trained_words?: readonly string[];
  trigger_sets?: readonly { name: string; text: string }[];
}

/**
 * Splits on commas that stand outside brackets, so that `(rain, neon:1.2)` stays one phrase. LoRA tokens are dropped: many
 * published trained words hold one, and writing it would apply the LoRA twice.
 */
export function splitPhrases(text: string): string[] {
  const phrases: string[] = [];
  let depth = 0;
  let phrase = "";
  for (const char of withoutTokens(text)) {
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth = Math.max(0, depth - 1);
    if ((char === "," && depth === 0) || char === "\n") {
      phrases.push(phrase);
      phrase = "";
    } else phrase += char;
  }
  return [...phrases, phrase].map((text) => text.replaceAll(/\s+/g, " ").trim()).filter(Boolean);
}

/** An adapter's phrases under a mode. Without an activation text its first trained word stands in. */
export function phrasesOf(source: TriggerSource, mode: TriggerMode): string[] {
  const words = source.trained_words ?? [];
  switch (mode) {
    case "none":
      return [];
    case "activation":
      return splitPhrases(source.activation_text?.trim() || words[0] || "");
    case "all":
      return [
        source.activation_text ?? "",
        ...words,
        ...(source.trigger_sets ?? []).map(({ text }) => text),
      ].flatMap(splitPhrases);
  }
}

/** All phrases in order, each once whatever its case; those already `present` in the user's own text are left out. */
export function uniquePhrases(
  phrases: readonly string[],
  present: readonly string[] = [],
): string[] {
  const seen = new Set(present.flatMap(splitPhrases).map(fold));
  return phrases.filter((phrase) => {
    const key = fold(phrase);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const fold = (phrase: string) => phrase.normalize("NFKC").toLowerCase();
