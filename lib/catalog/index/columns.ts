import { Bitmap } from "./bitmap.ts";
import { Dictionary } from "./dictionary.ts";

const grownTo = (length: number, wanted: number): number => Math.max(wanted, length * 2, 1024);

/** A number per slot; NaN where the row has none. */
export class NumberColumn {
  #values = new Float64Array(0);

  get(slot: number): number {
    return this.#values[slot]!;
  }

  set(slot: number, value: number | null): void {
    if (slot >= this.#values.length) {
      const grown = new Float64Array(grownTo(this.#values.length, slot + 1));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[slot] = value ?? NaN;
  }

  /** Slots below `size` whose number lies between `min` and `max`, both included; NaN never does. */
  between(min: number, max: number, size: number): Bitmap {
    const found = new Bitmap(size);
    const values = this.#values;
    for (let slot = 0; slot < size; slot++) {
      if (values[slot]! >= min && values[slot]! <= max) found.add(slot);
    }
    return found;
  }

  equalTo(value: number, size: number): Bitmap {
    return this.between(value, value, size);
  }
}

/** One value or none per slot, as a code of a dictionary. */
export class CodeColumn {
  readonly dictionary = new Dictionary();
  #codes = new Int32Array(0);

  /** The code at `slot`, or -1. */
  code(slot: number): number {
    return this.#codes[slot]!;
  }

  get(slot: number): string | null {
    return this.dictionary.values[this.#codes[slot]!] ?? null;
  }

  set(slot: number, value: string | null): void {
    if (slot >= this.#codes.length) {
      const grown = new Int32Array(grownTo(this.#codes.length, slot + 1));
      grown.set(this.#codes);
      this.#codes = grown;
    }
    this.#codes[slot] = value === null || value === "" ? -1 : this.dictionary.code(value);
  }

  /** Slots below `size` with any of `values`. */
  withAny(values: readonly string[], size: number): Bitmap {
    const wanted = this.dictionary.mask(values);
    const found = new Bitmap(size);
    const codes = this.#codes;
    for (let slot = 0; slot < size; slot++) {
      const code = codes[slot]!;
      if (code >= 0 && wanted[code] === 1) found.add(slot);
    }
    return found;
  }

  /** How often each code occurs in `slots`; the index is the code. */
  counts(slots: Int32Array): Int32Array {
    const counts = new Int32Array(this.dictionary.size);
    const codes = this.#codes;
    for (let at = 0; at < slots.length; at++) {
      const code = codes[slots[at]!]!;
      if (code >= 0) counts[code]!++;
    }
    return counts;
  }
}

/**
 * Any number of distinct values per slot. All lists lie in one array, so that counting tags over the whole catalog
 * is one pass through memory; a list that changes is appended, and the array is rewritten when half of it is dead.
 */
export class ListColumn {
  readonly dictionary = new Dictionary();
  #codes = new Int32Array(1024);
  #used = 0;
  #dead = 0;
  #starts = new Int32Array(0);
  #lengths = new Int32Array(0);

  get(slot: number): string[] {
    return [...this.codes(slot)].map((code) => this.dictionary.values[code]!);
  }

  /** A view that is valid until the next `set`. */
  codes(slot: number): Int32Array {
    const start = this.#starts[slot]!;
    return this.#codes.subarray(start, start + this.#lengths[slot]!);
  }

  set(slot: number, values: readonly string[]): void {
    if (slot >= this.#starts.length) this.#growSlots(slot + 1);
    const codes = new Set<number>();
    for (const value of values) codes.add(this.dictionary.code(value));
    this.#dead += this.#lengths[slot]!;
    this.#lengths[slot] = 0;
    if (this.#used + codes.size > this.#codes.length) this.#makeRoom(codes.size);
    this.#starts[slot] = this.#used;
    this.#lengths[slot] = codes.size;
    for (const code of codes) this.#codes[this.#used++] = code;
  }

  /** Slots below `size` with at least one of `values`. */
  withAny(values: readonly string[], size: number): Bitmap {
    const wanted = this.dictionary.mask(values);
    const found = new Bitmap(size);
    const codes = this.#codes, starts = this.#starts, lengths = this.#lengths;
    for (let slot = 0; slot < size; slot++) {
      const end = starts[slot]! + lengths[slot]!;
      for (let at = starts[slot]!; at < end; at++) {
        if (wanted[codes[at]!] === 1) {
          found.add(slot);
          break;
        }
      }
    }
    return found;
  }

  /** Slots below `size` with every one of `values`. */
  withAll(values: readonly string[], size: number): Bitmap {
    const [first, ...others] = values.map((value) => this.withAny([value], size));
    return others.reduce((found, other) => found.and(other), first ?? new Bitmap(size));
  }

  /** How often each code occurs in `slots`; the index is the code. */
  counts(slots: Int32Array): Int32Array {
    const counts = new Int32Array(this.dictionary.size);
    const codes = this.#codes, starts = this.#starts, lengths = this.#lengths;
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index]!;
      const end = starts[slot]! + lengths[slot]!;
      for (let at = starts[slot]!; at < end; at++) counts[codes[at]!]!++;
    }
    return counts;
  }

  #growSlots(wanted: number): void {
    const length = grownTo(this.#starts.length, wanted);
    const starts = new Int32Array(length);
    starts.set(this.#starts);
    this.#starts = starts;
    const lengths = new Int32Array(length);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }

  #makeRoom(extra: number): void {
    const alive = this.#used - this.#dead;
    const rewrite = this.#dead > this.#used / 2;
    const target = new Int32Array(
      rewrite
        ? Math.max(alive + extra, this.#codes.length)
        : grownTo(this.#used, this.#used + extra),
    );
    if (!rewrite) {
      target.set(this.#codes);
    } else {
      let used = 0;
      for (let slot = 0; slot < this.#starts.length; slot++) {
        target.set(this.codes(slot), used);
        this.#starts[slot] = used;
        used += this.#lengths[slot]!;
      }
      this.#used = used;
      this.#dead = 0;
    }
    this.#codes = target;
  }
}
