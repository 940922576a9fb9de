/** Typing mistakes forgiven in a word: none in short ones, where almost anything is near to something else. */
export function forgivenTypos(word: string): number {
  if (word.length < 4 || /^\d+$/.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * Compares one word with many that come in order, by Damerau-Levenshtein distance (optimal string alignment). It
 * keeps one row of the distance table for each letter read, and for each row the cells within `limit` of the
 * diagonal, as nothing else can matter.
 */
export class TypoAutomaton {
  /** Code units, which compare faster than letters of a string. */
  readonly #word: Uint16Array;
  readonly #limit: number;
  readonly #width: number;
  /** Row `depth`, column `letters of word`. */
  readonly #rows: Uint8Array;
  /** The least distance between the whole word and any of the first `depth` prefixes of the text. */
  readonly #best: Uint8Array;
  #depth = 0;

  constructor(word: string, limit: number) {
    this.#word = Uint16Array.from({ length: word.length }, (_, at) => word.charCodeAt(at));
    this.#limit = limit;
    this.#width = word.length + 1;
    const depths = word.length + limit + 1;
    this.#rows = new Uint8Array(depths * this.#width).fill(limit + 1);
    this.#best = new Uint8Array(depths).fill(limit + 1);
    for (let column = 0; column <= Math.min(limit, word.length); column++) {
      this.#rows[column] = column;
    }
    if (word.length <= limit) this.#best[0] = word.length;
  }

  /** Distance to the nearest prefix of the text last read; `limit + 1` if all are farther. */
  get distance(): number {
    return this.#best[this.#depth]!;
  }

  get hasMatch(): boolean {
    return this.distance <= this.#limit;
  }

  /**
   * Reads a text of which the first `shared` letters are those of the text before.
   *
   * @returns The number of letters that settle the answer: any text that shares them has the same. Infinity if
   * the text ended before.
   */
  read(text: string, shared: number): number {
    const limit = this.#limit, best = this.#best;
    let depth = Math.min(shared, this.#depth);
    while (depth < text.length) {
      if (depth + 1 >= best.length) {
        this.#depth = depth;
        return depth;
      }
      depth++;
      const nearest = this.#addRow(text, depth);
      const whole = this.#rows[depth * this.#width + this.#word.length]!;
      best[depth] = Math.min(best[depth - 1]!, whole);
      if (nearest > limit) {
        this.#depth = depth;
        return depth;
      }
    }
    this.#depth = depth;
    return Infinity;
  }

  /** @returns The least number in the row: no continuation of the text comes nearer. */
  #addRow(text: string, depth: number): number {
    const word = this.#word, limit = this.#limit, width = this.#width, rows = this.#rows;
    const letter = text.charCodeAt(depth - 1);
    const row = depth * width, above = row - width;
    const from = Math.max(0, depth - limit), to = Math.min(word.length, depth + limit);
    let nearest = limit + 1;
    if (from > 0) rows[row + from - 1] = limit + 1;
    for (let column = from; column <= to; column++) {
      let cost = limit + 1;
      if (column === 0) {
        cost = depth;
      } else {
        const typed = word[column - 1];
        cost = Math.min(
          rows[above + column - 1]! + (typed === letter ? 0 : 1),
          rows[row + column - 1]! + 1,
          column < depth + limit ? rows[above + column]! + 1 : limit + 1,
        );
        const swapped = depth > 1 && column > 1 && typed === text.charCodeAt(depth - 2) &&
          word[column - 2] === letter;
        if (swapped) cost = Math.min(cost, rows[above - width + column - 2]! + 1);
      }
      if (cost > limit) cost = limit + 1;
      rows[row + column] = cost;
      if (cost < nearest) nearest = cost;
    }
    return nearest;
  }
}
