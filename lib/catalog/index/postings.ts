import { Bitmap } from "./bitmap.ts";

/**
 * Where words occur. An entry packs the slot and a mask of the fields: 7 bits of mask leave room for 16 million
 * slots in the positive half of 32 bits.
 */
const FIELD_BITS = 7;
/** How many masks there are. */
export const MASKS = 1 << FIELD_BITS;
const ALL_FIELDS = MASKS - 1;

const NOBODY = -1;

/** An immutable run of postings: `entries[starts[i] .. starts[i + 1]]` are those of `terms[i]`, in ascending terms. */
interface Segment {
  serial: number;
  terms: Int32Array;
  starts: Int32Array;
  entries: Int32Array;
}

/**
 * Postings in segments, as search engines keep them: a changed row is written anew into a young segment, and what
 * older segments say about its slot no longer counts. Young segments of like size are merged, so there are never
 * more than about log2(rows) of them.
 */
export class Postings {
  #segments: Segment[] = [];
  #nextSerial = 0;
  /** The serial of the segment that speaks for each slot. */
  #owners = new Int32Array(0);

  /**
   * Raises the score of each slot that has `term` to the weight of the best field that has it.
   *
   * @param weights Weight of every mask of fields.
   */
  raise(term: number, weights: Float32Array, scores: Float32Array): void {
    const owners = this.#owners;
    for (const { serial, terms, starts, entries } of this.#segments) {
      const at = indexOf(terms, term);
      if (at < 0) continue;
      const end = starts[at + 1]!;
      for (let index = starts[at]!; index < end; index++) {
        const entry = entries[index]!;
        const slot = entry >>> FIELD_BITS;
        const weight = weights[entry & ALL_FIELDS]!;
        if (weight > scores[slot]! && owners[slot] === serial) scores[slot] = weight;
      }
    }
  }

  /** Takes in everything `batch` says about its slots, in place of what was known of them. */
  add(batch: PostingsBatch): void {
    const serial = this.#nextSerial++;
    for (const slot of batch.slots.slots()) this.#own(slot, serial);
    if (batch.length > 0) this.#segments.push({ serial, ...batch.freeze() });
    while (this.#shouldMerge()) this.#mergeLastTwo();
  }

  /** Forgets a slot. */
  remove(slot: number): void {
    if (slot < this.#owners.length) this.#owners[slot] = NOBODY;
  }

  #own(slot: number, serial: number): void {
    if (slot >= this.#owners.length) {
      const grown = new Int32Array(Math.max(slot + 1, this.#owners.length * 2)).fill(NOBODY);
      grown.set(this.#owners);
      this.#owners = grown;
    }
    this.#owners[slot] = serial;
  }

  #shouldMerge(): boolean {
    const [older, younger] = this.#segments.slice(-2);
    return younger !== undefined && younger.entries.length * 2 >= older!.entries.length;
  }

  #mergeLastTwo(): void {
    const pair = this.#segments.splice(-2);
    const merged = new PostingsBatch();
    for (const { serial, terms, starts, entries } of pair) {
      for (let at = 0; at < terms.length; at++) {
        for (let index = starts[at]!; index < starts[at + 1]!; index++) {
          const slot = entries[index]! >>> FIELD_BITS;
          if (this.#owners[slot] !== serial) continue;
          merged.slots.add(slot);
          merged.add(terms[at]!, slot, entries[index]! & ALL_FIELDS);
        }
      }
    }
    this.add(merged);
  }
}

/** Collects postings in any order. A term is added at most once for each slot. */
export class PostingsBatch {
  /** The slots that the batch speaks for, even if no word does. */
  readonly slots = new Bitmap();
  #terms = new Int32Array(256);
  #entries = new Int32Array(256);
  #highest = -1;
  length = 0;

  /** @param fields Mask of the fields in which the term occurs, from 1. */
  add(term: number, slot: number, fields: number): void {
    if (this.length === this.#terms.length) this.#grow();
    this.#terms[this.length] = term;
    this.#entries[this.length++] = slot << FIELD_BITS | fields;
    if (term > this.#highest) this.#highest = term;
  }

  /** Sorts by term, by counting. */
  freeze(): Omit<Segment, "serial"> {
    const { length } = this;
    const ends = new Int32Array(this.#highest + 2);
    for (let at = 0; at < length; at++) ends[this.#terms[at]! + 1]!++;
    const terms: number[] = [];
    for (let term = 0; term <= this.#highest; term++) {
      if (ends[term + 1]! > 0) terms.push(term);
      ends[term + 1]! += ends[term]!;
    }
    const starts = Int32Array.from([...terms.map((term) => ends[term]!), length]);
    const entries = new Int32Array(length);
    for (let at = 0; at < length; at++) {
      entries[ends[this.#terms[at]!]!++] = this.#entries[at]!;
    }
    return { terms: Int32Array.from(terms), starts, entries };
  }

  #grow(): void {
    const double = (old: Int32Array) => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.#terms = double(this.#terms);
    this.#entries = double(this.#entries);
  }
}

function indexOf(sorted: Int32Array, term: number): number {
  let low = 0, high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle]!;
    if (found === term) return middle;
    if (found < term) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
