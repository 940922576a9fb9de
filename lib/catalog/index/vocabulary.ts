import { TypoAutomaton } from "./typos.ts";

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
  readonly #terms = new Map<string, number>();
  readonly #words: string[] = [];
  /** Words not yet in `#sorted`. */
  #fresh: string[] = [];
  #sorted: string[] = [];
  /** How many first letters each sorted word shares with the one before it, at most 255. */
  #shared = new Uint8Array(0);

  get size(): number {
    return this.#words.length;
  }

  /** The number of `word`, a new one if it is new. */
  term(word: string): number {
    const known = this.#terms.get(word);
    if (known !== undefined) return known;
    // A copy: a part of a longer string would keep all of that string in memory.
    const own = word.length < 13 ? word : [...word].join("");
    const term = this.#words.push(own) - 1;
    this.#terms.set(own, term);
    this.#fresh.push(own);
    return term;
  }

  word(term: number): string {
    return this.#words[term]!;
  }

  find(word: string): number | undefined {
    return this.#terms.get(word);
  }

  /** The terms that begin with `prefix`, itself included. */
  startingWith(prefix: string): number[] {
    this.#sort();
    const found: number[] = [];
    for (let at = this.#lowerBound(prefix); at < this.#sorted.length; at++) {
      const word = this.#sorted[at]!;
      if (!word.startsWith(prefix)) break;
      found.push(this.#terms.get(word)!);
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
      if (common < settledAt) settledAt = automaton.read(sorted[at]!, common);
      if (automaton.hasMatch) {
        found.push({ term: this.#terms.get(sorted[at]!)!, distance: automaton.distance });
      }
    }
  }

  /** Brings the sorted list up to date; searches do so themselves, and a load may want to pay beforehand. */
  prepare(): void {
    this.#sort();
  }

  #sort(): void {
    if (this.#fresh.length === 0) return;
    const fresh = this.#fresh.sort();
    this.#fresh = [];
    const sorted: string[] = [];
    const shared = new Uint8Array(this.#sorted.length + fresh.length);
    let from = 0;
    for (const word of fresh) {
      const to = this.#lowerBound(word, from);
      this.#copy(from, to, sorted, shared);
      shared[sorted.length] = sharedLength(sorted.at(-1), word);
      sorted.push(word);
      from = to;
    }
    this.#copy(from, this.#sorted.length, sorted, shared);
    this.#sorted = sorted;
    this.#shared = shared;
  }

  #copy(from: number, to: number, sorted: string[], shared: Uint8Array): void {
    if (from === to) return;
    shared[sorted.length] = sharedLength(sorted.at(-1), this.#sorted[from]!);
    shared.set(this.#shared.subarray(from + 1, to), sorted.length + 1);
    for (let at = from; at < to; at++) sorted.push(this.#sorted[at]!);
  }

  #lowerBound(word: string, from = 0): number {
    let low = from, high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sharedLength(before: string | undefined, word: string): number {
  if (before === undefined) return 0;
  const most = Math.min(before.length, word.length, 255);
  let length = 0;
  while (length < most && before.charCodeAt(length) === word.charCodeAt(length)) length++;
  return length;
}
