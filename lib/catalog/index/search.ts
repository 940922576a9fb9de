import { normalizeText, queryWords, words } from "@/lib/text/words.ts";
import { Bitmap } from "./bitmap.ts";
import { closeness, NAME_IS_QUERY, NAME_STARTS_WITH_QUERY, weightsAt } from "./ranking.ts";
import type { AdapterTable } from "./table.ts";
import type { TextIndex } from "./text_index.ts";
import { forgivenTypos } from "./typos.ts";

/** What a search found: the rows that have every word, and how well each fits (by slot, 0 for the others). */
export interface Hits {
  found: Bitmap;
  scores: Float32Array;
}

/** A word with fewer hits than this is looked for with typing mistakes too. */
const FEW = 5;
/** Words beyond these are ignored. */
const MAX_WORDS = 12;

interface Query {
  words: string[];
  /** Texts in quotes, which the name must contain as they stand. */
  phrases: string[];
  /** The whole text, folded, to be compared with names. */
  folded: string;
}

export function parseSearch(text: string): Query {
  const phrases: string[] = [];
  const rest = text.replace(/["“”]([^"“”]+)["“”]/g, (_, phrase: string) => {
    phrases.push(normalizeText(phrase).trim());
    return ` ${phrase} `;
  });
  return {
    words: [...new Set(queryWords(rest))].slice(0, MAX_WORDS),
    phrases: phrases.filter((phrase) => phrase !== ""),
    folded: words(rest).join(" "),
  };
}

/**
 * Finds the rows of `among` in which every word of `text` occurs, as a whole or as the beginning of a word. A word
 * with hardly any hits is also looked for with typing mistakes, and so are all words if together they find nothing.
 * A text without a single word finds nothing.
 *
 * @param among What the viewer may see: what lies outside influences nothing.
 */
export function search(index: TextIndex, table: AdapterTable, text: string, among: Bitmap): Hits {
  const query = parseSearch(text);
  const empty = { found: new Bitmap(), scores: new Float32Array(table.size) };
  if (query.words.length === 0) return empty;
  let hits = intersect(query.words.map((word) => {
    const exact = hitsOf(index, table.size, word, among, false);
    return exact.found.count() < FEW ? hitsOf(index, table.size, word, among, true) : exact;
  }));
  if (hits.found.count() === 0 && query.words.length > 1) {
    hits = intersect(query.words.map((word) => hitsOf(index, table.size, word, among, true)));
  }
  if (query.phrases.length > 0) keepPhrases(hits, table, query.phrases);
  rank(hits, table, index.foldedNames, query.folded);
  return hits;
}

function hitsOf(
  { vocabulary, head, descriptions }: TextIndex,
  size: number,
  word: string,
  among: Bitmap,
  withTypos: boolean,
): Hits {
  const scores = new Float32Array(size);
  // Every description has some word with any given letter; a single CJK sign does mean something.
  const isSingleLetter = /^[a-z0-9]$/.test(word);
  const look = (term: number, typos: number) => {
    const weights = weightsAt(closeness(word.length, vocabulary.word(term).length, typos));
    head.raise(term, weights, scores);
    if (!isSingleLetter) descriptions.raise(term, weights, scores);
  };
  for (const term of vocabulary.startingWith(word)) look(term, 0);
  if (withTypos) {
    for (const { term, distance } of vocabulary.similarTo(word, forgivenTypos(word))) {
      if (distance > 0) look(term, distance);
    }
  }
  const found = among.clone();
  for (const slot of among.slots()) if (scores[slot] === 0) found.delete(slot);
  return { found, scores };
}

function intersect([first, ...others]: Hits[]): Hits {
  const { found, scores } = first!;
  for (const other of others) found.and(other.found);
  const slots = found.slots();
  for (const other of others) {
    for (const slot of slots) scores[slot]! += other.scores[slot]!;
  }
  return { found, scores };
}

function keepPhrases({ found }: Hits, table: AdapterTable, phrases: readonly string[]): void {
  for (const slot of found.slots()) {
    const name = normalizeText(table.names[slot]!);
    if (!phrases.every((phrase) => name.includes(phrase))) found.delete(slot);
  }
}

function rank(
  { found, scores }: Hits,
  table: AdapterTable,
  foldedNames: readonly string[],
  query: string,
): void {
  for (const slot of found.slots()) {
    const name = foldedNames[slot]!;
    let bonus = table.appeal.get(slot);
    if (name.startsWith(query)) {
      bonus += name.length === query.length ? NAME_IS_QUERY : NAME_STARTS_WITH_QUERY;
    }
    scores[slot]! += bonus;
  }
}
