import type { TriggerSet } from "@/lib/db/schema.ts";
import { clip } from "@/lib/text/storable.ts";
import { distinct } from "./read.ts";

/** Tokens that load a network; authors paste them among the trained words, some without the end. */
const NETWORK_TOKEN = /<\s*(?:lora|lyco|lycoris|hypernet)\s*:[^<>]*(?:>|$)/gi;

const MAX_PHRASE = 500;
const MAX_SETS = 50;

/**
 * Splits at commas outside brackets, so that `(red hair, blue eyes:1.2)` stays whole. Text whose
 * brackets do not match is split at every comma.
 */
export function splitPhrases(words: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < words.length; at++) {
    const sign = words[at]!;
    if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
    else if (depth === 0 && ",，、\n".includes(sign)) {
      parts.push(words.slice(start, at));
      start = at + 1;
    }
    if (depth < 0) break;
  }
  const pieces = depth === 0 ? [...parts, words.slice(start)] : words.split(/[,，、\n]/);
  return pieces.map((piece) => piece.replace(/\s+/g, " ").trim()).filter((piece) => piece !== "");
}

/** Removes network tokens, and the commas and blanks that they leave behind. */
export function cleanTrainedWord(words: string): string {
  const withoutTokens = words.replace(NETWORK_TOKEN, " ");
  const left = withoutTokens.replace(/\s+/g, " ").trim();
  const isTidy = withoutTokens === words && !/^[,，]|[,，]$/.test(left);
  return isTidy ? left : splitPhrases(left).join(", ");
}

export interface TriggerWords {
  trained_words: string[];
  triggers: string[];
  trigger_sets: TriggerSet[];
}

function freeName(base: string, taken: Set<string>): string {
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
  taken.add(name);
  return name;
}

/**
 * An entry of `trainedWords` is what the author says to type, often several words with commas that
 * belong together: one costume among many. So `trained_words` keeps the entries, `triggers` has their
 * single words for search and de-duplication, and each entry of several words is also a named set.
 */
export function readTriggerWords(
  entries: readonly string[],
  activation: string | null,
): TriggerWords {
  const trained = distinct(
    entries.map((entry) => clip(cleanTrainedWord(entry), MAX_PHRASE)).filter((entry) =>
      entry !== ""
    ),
  );
  const phrases = trained.map((entry) => ({ entry, parts: splitPhrases(entry) }));
  const activationParts = activation ? splitPhrases(cleanTrainedWord(activation)) : [];
  const names = new Set<string>();
  const sets = phrases.filter(({ parts }) => parts.length > 1).slice(0, MAX_SETS)
    .map(({ entry, parts }) => ({ name: freeName(clip(parts[0]!, 60), names), text: entry }));
  return {
    trained_words: trained,
    triggers: distinct(
      [...phrases.flatMap(({ parts }) => parts), ...activationParts].map((word) =>
        clip(word, MAX_PHRASE)
      ),
    ),
    trigger_sets: sets,
  };
}
