import type { Db } from "@/lib/db/schema.ts";
import { importItems } from "./items.ts";
import { COUNTED_AS, type ImportCounts, type ImportItem, noCounts } from "./report.ts";

/**
 * Keeps an import's counts and report lines. Lines are written in the transaction of the rows that they speak of, so after a
 * crash the lines tell what the first attempt did: what it did is unchanged to the second one, and must
 * neither be counted as that nor be listed twice.
 */
export class Ledger {
  readonly counts: ImportCounts = noCounts();
  readonly #jobId: string;
  #seq = 0;
  /** Paths of the records that this import made or changed. */
  readonly touched = new Set<string>();
  /** Lines of earlier attempts by path. */
  readonly #earlier = new Map<string, ImportItem[]>();

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** Reads what earlier attempts have written. */
  async resume(db: Db): Promise<void> {
    const items = await importItems(db, this.#jobId).all();
    for (const { seq, ...item } of items) {
      this.#seq = Math.max(this.#seq, seq);
      const others = this.#earlier.get(item.path);
      if (others) others.push(item);
      else this.#earlier.set(item.path, [item]);
      this.#count(item, 1);
    }
  }

  /** Takes back from `unchanged` what looks so only because an earlier attempt has brought it up to date. */
  settle(): void {
    for (const items of this.#earlier.values()) {
      const isDone = items.some(({ outcome }) => outcome !== "failed" && COUNTED_AS[outcome]);
      if (isDone) this.counts.unchanged--;
    }
  }

  /**
   * Writes lines, in place of those that an earlier attempt wrote for the same paths.
   *
   * @returns Call it once the transaction is committed; a rolled back one has counted nothing.
   */
  async write(tx: Db, items: ImportItem[]): Promise<() => void> {
    const replaced = new Set<string>();
    for (const { path } of items) if (this.#earlier.has(path)) replaced.add(path);
    if (replaced.size) await importItems(tx, this.#jobId).removeAt([...replaced]);
    let seq = this.#seq;
    await importItems(tx, this.#jobId).add(items.map((item) => ({ ...item, seq: ++seq })));
    return () => {
      this.#seq = seq;
      for (const path of replaced) {
        for (const item of this.#earlier.get(path)!) this.#count(item, -1);
        this.#earlier.delete(path);
      }
      for (const item of items) this.#count(item, 1);
    };
  }

  #count({ path, outcome }: ImportItem, by: 1 | -1): void {
    const counter = COUNTED_AS[outcome];
    if (counter) this.counts[counter] += by;
    if (counter && counter !== "failed") this.touched.add(path);
  }
}
