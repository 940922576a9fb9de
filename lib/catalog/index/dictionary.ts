/** Spelling that filters ignore: `Anime` finds `anime`. */
export const foldValue = (value: string): string => value.normalize("NFC").toLowerCase();

/**
 * Numbers the distinct values of a column in order of appearance. Values are never forgotten: a code stays valid
 * for the life of the index, and a value without rows merely counts zero.
 */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  /** Codes by folded value, of the first `#foldedCount` values: folded when a filter first needs it. */
  readonly #folded = new Map<string, number[]>();
  #foldedCount = 0;
  readonly values: string[] = [];

  get size(): number {
    return this.values.length;
  }

  /** The code of `value`, a new one if it is new. */
  code(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    const code = this.values.push(value) - 1;
    this.#codes.set(value, code);
    return code;
  }

  /** A table that holds 1 at the code of every spelling of any of `values`. */
  mask(values: readonly string[]): Uint8Array {
    this.#fold();
    const mask = new Uint8Array(this.size);
    for (const value of values) {
      for (const code of this.#folded.get(foldValue(value)) ?? []) mask[code] = 1;
    }
    return mask;
  }

  #fold(): void {
    for (; this.#foldedCount < this.values.length; this.#foldedCount++) {
      const folded = foldValue(this.values[this.#foldedCount]!);
      const spellings = this.#folded.get(folded);
      if (spellings) spellings.push(this.#foldedCount);
      else this.#folded.set(folded, [this.#foldedCount]);
    }
  }
}
