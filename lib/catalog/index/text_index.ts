import { words } from "@/lib/text/words.ts";
import { Bitmap } from "./bitmap.ts";
import type { CodeColumn, ListColumn } from "./columns.ts";
import { Postings, PostingsBatch } from "./postings.ts";
import { FIELD } from "./ranking.ts";
import type { AdapterTable } from "./table.ts";
import { Vocabulary } from "./vocabulary.ts";

/**
 * The words of every adapter. Short fields come from the table; descriptions are read from the database after
 * everything else, so they have postings of their own.
 */
export class TextIndex {
  readonly vocabulary = new Vocabulary();
  /** Name, tags, trained words, author, file stem, base model. */
  readonly head = new Postings();
  readonly descriptions = new Postings();
  /** The words of each name, parted by single spaces. */
  readonly foldedNames: string[] = [];
  readonly #table: AdapterTable;
  /** Terms of values that many rows share, by column and code. */
  readonly #shared = new Map<CodeColumn | ListColumn, number[][]>();
  /** Slots whose short fields have changed since they were indexed. */
  #stale = new Bitmap();

  constructor(table: AdapterTable) {
    this.#table = table;
  }

  /** Notes rows that were written or removed. */
  markStale(slots: Iterable<number>): void {
    for (const slot of slots) this.#stale.add(slot);
  }

  /** Indexes the short fields of at most `limit` stale rows. */
  refresh(limit = Infinity): { remaining: number } {
    const stale = this.#stale.slots();
    const batch = new PostingsBatch();
    const due = stale.subarray(0, Math.min(limit, stale.length));
    for (const slot of due) {
      this.#stale.delete(slot);
      if (this.#table.live.has(slot)) {
        batch.slots.add(slot);
        for (const [term, fields] of this.#termsOf(slot)) batch.add(term, slot, fields);
      } else {
        this.head.remove(slot);
        this.descriptions.remove(slot);
      }
    }
    this.head.add(batch);
    return { remaining: stale.length - due.length };
  }

  /** Adds a description to a batch for `descriptions`. @param text Normalised words parted by spaces, no repeats. */
  describe(batch: PostingsBatch, slot: number, text: string): void {
    batch.slots.add(slot);
    for (let from = 0; from < text.length;) {
      const space = text.indexOf(" ", from);
      const to = space < 0 ? text.length : space;
      if (to > from) batch.add(this.vocabulary.term(text, from, to), slot, FIELD.description);
      from = to + 1;
    }
  }

  /** Each term of a row's short fields once, with the mask of the fields that have it. */
  #termsOf(slot: number): Map<number, number> {
    const { names, stems, tags, trainedWords, author, baseModel } = this.#table;
    const found = new Map<number, number>();
    const note = (terms: readonly number[], field: number) => {
      for (const term of terms) found.set(term, (found.get(term) ?? 0) | field);
    };
    const nameWords = words(names[slot]!);
    this.foldedNames[slot] = nameWords.join(" ");
    note(nameWords.map((word) => this.vocabulary.term(word)), FIELD.name);
    note(this.#terms(stems[slot]!), FIELD.stem);
    for (const code of tags.codes(slot)) note(this.#termsOfValue(tags, code), FIELD.tag);
    for (const code of trainedWords.codes(slot)) {
      note(this.#termsOfValue(trainedWords, code), FIELD.trained);
    }
    note(this.#termsOfValue(author, author.code(slot)), FIELD.author);
    note(this.#termsOfValue(baseModel, baseModel.code(slot)), FIELD.baseModel);
    return found;
  }

  #terms(text: string): number[] {
    return words(text).map((word) => this.vocabulary.term(word));
  }

  #termsOfValue(column: CodeColumn | ListColumn, code: number): number[] {
    if (code < 0) return [];
    let known = this.#shared.get(column);
    if (!known) this.#shared.set(column, known = []);
    return known[code] ??= this.#terms(column.dictionary.values[code]!);
  }
}
