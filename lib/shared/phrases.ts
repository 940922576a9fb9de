import { type PromptItem, splitPhrases, uniquePhrases } from "./prompt/mod.ts";

/** Words of a LoRA that can be put into the prompt by a click. */
export interface Phrase {
  /** What is shown: the set's name, or the words themselves. */
  label: string;
  text: string;
}

/** A LoRA's trigger sets as wholes, then its own words one by one; each text once. */
export function offeredPhrases(item: PromptItem): Phrase[] {
  const sets = (item.trigger_sets ?? []).flatMap(({ name, text }) => {
    const whole = splitPhrases(text).join(", ");
    return whole === "" ? [] : [{ label: name || whole, text: whole }];
  });
  const words = uniquePhrases(
    [item.activation_text ?? "", ...(item.trained_words ?? [])].flatMap(splitPhrases),
    sets.map(({ text }) => text),
  );
  return [...sets, ...words.map((text) => ({ label: text, text }))];
}
