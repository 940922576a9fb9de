const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Numbers words in order of appearance. A hash table of its own, because it looks words up where they stand in a
 * longer text: reading the 6 million words of 70,000 descriptions takes a second, and with a Map, which needs each as
 * a string first, five.
 */
export class WordTable {
  readonly words: string[] = [];
  #hashes = new Int32Array(1024);
  /** Number of a word plus one, at its hash or the next free place after; 0 is free. */
  #places = new Int32Array(2048);

  get size(): number {
    return this.words.length;
  }

  /** The number of `text.slice(from, to)`, a new one if it is new. */
  number(text: string, from = 0, to = text.length): number {
    let hash = FNV_OFFSET;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
    const mask = this.#places.length - 1;
    let place = (hash ^ hash >>> 15) & mask;
    for (;; place = place + 1 & mask) {
      const known = this.#places[place]! - 1;
      if (known < 0) break;
      if (this.#hashes[known] === hash && this.#isAt(this.words[known]!, text, from, to)) {
        return known;
      }
    }
    return this.#add(text.slice(from, to), hash, place);
  }

  #isAt(word: string, text: string, from: number, to: number): boolean {
    if (word.length !== to - from) return false;
    for (let at = 0; at < word.length; at++) {
      if (word.charCodeAt(at) !== text.charCodeAt(from + at)) return false;
    }
    return true;
  }

  #add(word: string, hash: number, place: number): number {
    // A copy: a long part of a text would keep all of that text in memory.
    const number = this.words.push(word.length < 13 ? word : [...word].join("")) - 1;
    if (number === this.#hashes.length) {
      const grown = new Int32Array(number * 2);
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    this.#hashes[number] = hash;
    this.#places[place] = number + 1;
    if (this.words.length * 2 > this.#places.length) this.#spread();
    return number;
  }

  #spread(): void {
    const places = new Int32Array(this.#places.length * 2);
    const mask = places.length - 1;
    for (let number = 0; number < this.words.length; number++) {
      const hash = this.#hashes[number]!;
      let place = (hash ^ hash >>> 15) & mask;
      while (places[place] !== 0) place = place + 1 & mask;
      places[place] = number + 1;
    }
    this.#places = places;
  }
}
