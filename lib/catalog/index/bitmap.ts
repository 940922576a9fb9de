/**
 * A set of slot numbers, one bit each. Operations between bitmaps of different length treat the missing tail as
 * empty, so a selection made before the catalog grew stays usable.
 */
export class Bitmap {
  #words: Uint32Array;

  /** @param size Slots to make room for; `add` grows beyond it. */
  constructor(size = 0) {
    this.#words = new Uint32Array((size + 31) >>> 5);
  }

  static of(slots: Iterable<number>): Bitmap {
    const bitmap = new Bitmap();
    for (const slot of slots) bitmap.add(slot);
    return bitmap;
  }

  has(slot: number): boolean {
    const word = this.#words[slot >>> 5];
    return word !== undefined && (word >>> (slot & 31) & 1) === 1;
  }

  add(slot: number): void {
    const at = slot >>> 5;
    if (at >= this.#words.length) {
      const grown = new Uint32Array(Math.max(at + 1, this.#words.length * 2));
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[at]! |= 1 << (slot & 31);
  }

  delete(slot: number): void {
    if (slot >>> 5 < this.#words.length) this.#words[slot >>> 5]! &= ~(1 << (slot & 31));
  }

  clone(): Bitmap {
    const copy = new Bitmap();
    copy.#words = this.#words.slice();
    return copy;
  }

  /** Keeps only what `other` has too. Changes and returns this bitmap, as the next two do. */
  and(other: Bitmap): this {
    const mine = this.#words, theirs = other.#words;
    const shared = Math.min(mine.length, theirs.length);
    for (let at = 0; at < shared; at++) mine[at]! &= theirs[at]!;
    mine.fill(0, shared);
    return this;
  }

  andNot(other: Bitmap): this {
    const mine = this.#words, theirs = other.#words;
    const shared = Math.min(mine.length, theirs.length);
    for (let at = 0; at < shared; at++) mine[at]! &= ~theirs[at]!;
    return this;
  }

  or(other: Bitmap): this {
    const theirs = other.#words;
    if (theirs.length > this.#words.length) {
      const grown = theirs.slice();
      for (let at = 0; at < this.#words.length; at++) grown[at]! |= this.#words[at]!;
      this.#words = grown;
      return this;
    }
    const mine = this.#words;
    for (let at = 0; at < theirs.length; at++) mine[at]! |= theirs[at]!;
    return this;
  }

  /** How many slots are in the set. */
  count(): number {
    let total = 0;
    for (let word of this.#words) {
      word -= word >>> 1 & 0x55555555;
      word = (word & 0x33333333) + (word >>> 2 & 0x33333333);
      total += Math.imul(word + (word >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return total;
  }

  /** The members in ascending order, for loops that run over a selection more than once. */
  slots(): Int32Array<ArrayBuffer> {
    const slots = new Int32Array(this.count());
    const words = this.#words;
    let filled = 0;
    for (let at = 0; at < words.length; at++) {
      for (let word = words[at]!; word !== 0; word &= word - 1) {
        slots[filled++] = (at << 5) + 31 - Math.clz32(word & -word);
      }
    }
    return slots;
  }
}
