import type { Db } from "@/lib/db/schema.ts";
import { Bitmap } from "./bitmap.ts";
import { Orders } from "./orders.ts";
import { PostingsBatch } from "./postings.ts";
import {
  BEFORE_ALL_IDS,
  descriptionsAfter,
  descriptionsById,
  memberships,
  rowsAfter,
  rowsById,
} from "./rows.ts";
import { AdapterTable } from "./table.ts";
import { TextIndex } from "./text_index.ts";

/** Rows read at a time: about 12 ms of an embedded database, which serves nobody else meanwhile. */
const ROWS_AT_ONCE = 1000;
const DESCRIPTIONS_AT_ONCE = 400;
const HEADS_AT_ONCE = 1000;

/** Lets requests in between two pieces of work. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

const lastOf = (ids: readonly string[]): string => ids.reduce((last, id) => id > last ? id : last);

/** Everything the index knows, as of some moment; brought forward by `apply`. */
export class Snapshot {
  readonly table = new AdapterTable();
  readonly orders = new Orders(this.table);
  readonly text = new TextIndex(this.table);
  /** Slots written while descriptions were still being loaded: what was read before is out of date. */
  readonly #superseded = new Bitmap();
  hasText = false;

  /** Reads all short fields. Rows that change meanwhile must be applied afterwards. */
  static async load(db: Db, signal: AbortSignal): Promise<Snapshot> {
    const snapshot = new Snapshot();
    const collections = await memberships(db);
    for (let after = BEFORE_ALL_IDS;;) {
      signal.throwIfAborted();
      const rows = await rowsAfter(db, after, ROWS_AT_ONCE);
      if (rows.length === 0) break;
      for (const row of rows) snapshot.table.put(row, collections.get(row.id) ?? []);
      after = lastOf(rows.map(({ id }) => id));
      await breathe();
    }
    snapshot.text.markStale(snapshot.table.live.slots());
    // Nearly every page is in some order, and every order begins with this one.
    snapshot.orders.get("name", "asc");
    return snapshot;
  }

  /**
   * Makes the snapshot searchable. Requests are served meanwhile.
   *
   * @param alone Runs a step so that no `apply` falls into it.
   */
  async loadText(
    db: Db,
    signal: AbortSignal,
    alone: <T>(step: () => Promise<T>) => Promise<T>,
  ): Promise<void> {
    while (this.text.refresh(HEADS_AT_ONCE).remaining > 0) {
      await breathe();
      signal.throwIfAborted();
    }
    const batch = new PostingsBatch();
    for (let after: string | undefined = BEFORE_ALL_IDS; after !== undefined;) {
      signal.throwIfAborted();
      const start: string = after;
      after = await alone(async () => {
        const rows = await descriptionsAfter(db, start, DESCRIPTIONS_AT_ONCE);
        this.#describe(batch, rows);
        return rows.length > 0 ? lastOf(rows.map(([id]) => id)) : undefined;
      });
      await breathe();
    }
    batch.slots.andNot(this.#superseded);
    this.text.descriptions.add(batch);
    this.text.vocabulary.prepare();
    this.hasText = true;
  }

  /** Brings the adapters `ids` up to date: written, or gone. */
  async apply(db: Db, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      const some = ids.slice(from, from + ROWS_AT_ONCE);
      const rows = await rowsById(db, some);
      const collections = await memberships(db, some);
      const descriptions = await descriptionsById(db, some);
      // No await from here on: a reader must not find the table and the orders apart.
      const present = new Set(rows.map(({ id }) => id));
      const gone = some.filter((id) => !present.has(id)).map((id) => this.table.remove(id));
      const written = rows.map((row) => this.table.put(row, collections.get(row.id) ?? []));
      const changed = [...new Set([...gone.filter((slot) => slot !== undefined), ...written])];
      this.orders.update(changed);
      this.text.markStale(changed);
      const batch = new PostingsBatch();
      this.#describe(batch, descriptions);
      this.text.descriptions.add(batch);
      if (!this.hasText) this.#superseded.or(Bitmap.of(changed));
    }
  }

  #describe(batch: PostingsBatch, rows: readonly [id: string, words: string][]): void {
    for (const [id, words] of rows) {
      const slot = this.table.slotOf(id);
      if (slot !== undefined) this.text.describe(batch, slot, words);
    }
  }
}
