import { TypoAutomaton } from "./typos.ts";
import { WordTable } from "./word_table.ts";

export interface Similar {
  term: number;
  /** Typing mistakes between the word and the term, or the beginning of the term. */
  distance: number;
}

/**
 * Every word of the catalog with a number, and the numbers in word order. Words are never forgotten: one whose rows
 * are gone merely finds nothing.
 */
export class Vocabulary {
  readonly #table = new WordTable();
  /** How many terms `#sorted` has; later ones are put in before the next search. */
  #sortedCount = 0;
  /** The terms in the order of their words. */
  #sorted = new Int32Array(0);
  /** How many first letters each sorted word shares with the one before it, at most 255. */
  #shared = new Uint8Array(0);

  get size(): number {
    return this.#table.size;
  }

  /** The number of the word `text.slice(from, to)`, a new one if it is new. */
  term(text: string, from?: number, to?: number): number {
    return this.#table.number(text, from, to);
  }

  word(term: number): string {
    return this.#table.words[term]!;
  }

  /** The terms that begin with `prefix`, itself included. */
  startingWith(prefix: string): number[] {
    this.#sort();
    const found: number[] = [];
    for (let at = this.#lowerBound(prefix); at < this.#sorted.length; at++) {
      const term = this.#sorted[at]!;
      if (!this.word(term).startsWith(prefix)) break;
      found.push(term);
    }
    return found;
  }

  /**
   * The terms that are, or begin with, something at most `maxDistance` typing mistakes away from `word`: a letter
   * missing, added, wrong, or swapped with its neighbour. More than one mistake is forgiven only after a right first
   * letter, which people rarely miss, and which leaves a tenth of the vocabulary to be looked at closely.
   */
  similarTo(word: string, maxDistance: number): Similar[] {
    const found: Similar[] = [];
    if (maxDistance === 0) return found;
    this.#sort();
    const from = this.#lowerBound(word[0]!);
    const to = this.#lowerBound(word[0]! + "\uffff");
    this.#walk(0, from, new TypoAutomaton(word, 1), found);
    this.#walk(from, to, new TypoAutomaton(word, maxDistance), found);
    this.#walk(to, this.#sorted.length, new TypoAutomaton(word, 1), found);
    return found;
  }

  /**
   * Walks a part of the sorted list as the tree of its prefixes: one shared with the word before is not compared
   * again, and one that is too far off is left with everything under it.
   */
  #walk(from: number, to: number, automaton: TypoAutomaton, found: Similar[]): void {
    const sorted = this.#sorted, shared = this.#shared;
    let settledAt = Infinity;
    for (let at = from; at < to; at++) {
      const common = at === from ? 0 : shared[at]!;
      // Where the prefix that settled the answer is shared, so is the answer.
      if (common < settledAt) settledAt = automaton.read(this.word(sorted[at]!), common);
      if (automaton.hasMatch) found.push({ term: sorted[at]!, distance: automaton.distance });
    }
  }

  /** Brings the sorted list up to date; searches do so themselves, and a load may want to pay beforehand. */
  prepare(): void {
    this.#sort();
  }

  #sort(): void {
    const { words } = this.#table;
    if (this.#sortedCount === words.length) return;
    const fresh = Int32Array.from(
      { length: words.length - this.#sortedCount },
      (_, at) => this.#sortedCount + at,
    )
      .sort((left, right) => words[left]! < words[right]! ? -1 : 1);
    const sorted = new Int32Array(words.length);
    const shared = new Uint8Array(words.length);
    let filled = 0;
    const sharedWithLast = (term: number) =>
      filled === 0 ? 0 : sharedLength(words[sorted[filled - 1]!]!, words[term]!);
    // Between two fresh words the old ones move as a block; only its first has a new neighbour.
    const move = (from: number, to: number) => {
      if (from === to) return;
      shared.set(this.#shared.subarray(from, to), filled);
      shared[filled] = sharedWithLast(this.#sorted[from]!);
      sorted.set(this.#sorted.subarray(from, to), filled);
      filled += to - from;
    };
    let from = 0;
    for (const term of fresh) {
      const to = this.#lowerBound(words[term]!, from);
      move(from, to);
      shared[filled] = sharedWithLast(term);
      sorted[filled++] = term;
      from = to;
    }
    move(from, this.#sorted.length);
    this.#sorted = sorted;
    this.#shared = shared;
    this.#sortedCount = words.length;
  }

  #lowerBound(word: string, from = 0): number {
    let low = from, high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.word(this.#sorted[middle]!) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sharedLength(before: string, word: string): number {
  const most = Math.min(before.length, word.length, 255);
  let length = 0;
  while (length < most && before.charCodeAt(length) === word.charCodeAt(length)) length++;
  return length;
}
