import { Bitmap } from "./bitmap.ts";
import {
  compareNames,
  compareValues,
  type Direction,
  type Position,
  sortValue,
  type StaticSort,
} from "./sort.ts";
import type { AdapterTable } from "./table.ts";

/** All live slots of a table in one order. */
export class Order {
  readonly #table: AdapterTable;
  readonly #value: (slot: number) => number;
  readonly #direction: Direction;
  readonly #backwards: boolean;
  #slots: Int32Array;

  /** @param byName The live slots by name and id, ascending: numbers sorted stably over it need no further look. */
  constructor(
    table: AdapterTable,
    readonly sort: StaticSort,
    direction: Direction,
    byName?: Int32Array,
  ) {
    this.#table = table;
    this.#value = sortValue(table, sort);
    this.#direction = direction;
    this.#backwards = sort === "name" && direction === "desc";
    this.#slots = byName
      ? byName.slice().sort((a, b) => compareValues(this.#value(a), this.#value(b), direction))
      : table.live.slots().sort(this.#compare);
  }

  get slots(): Int32Array {
    return this.#slots;
  }

  positionOf(slot: number): Position {
    const value = this.#value(slot);
    const { nameKeys, ids } = this.#table;
    return { value: Number.isNaN(value) ? null : value, nameKey: nameKeys[slot]!, id: ids[slot]! };
  }

  /** Index of the first slot that comes after `position`, whether or not a row stands there. */
  indexAfter(position: Position): number {
    const value = position.value ?? NaN;
    const { nameKeys, ids } = this.#table;
    return this.#partition((slot) =>
      (compareValues(value, this.#value(slot), this.#direction) ||
        compareNames(position.nameKey, position.id, nameKeys[slot]!, ids[slot]!, this.#backwards)) <
        0
    );
  }

  /**
   * Takes in rows that were written or removed since: the others are still in order, so the changed ones are taken
   * out and put back by binary search, between blocks that move as they are.
   */
  update(changed: readonly number[]): void {
    const moved = Bitmap.of(changed);
    const added = Int32Array.from(changed).filter((slot) => this.#table.live.has(slot));
    added.sort(this.#compare);
    this.#slots = this.#slots.filter((slot) => !moved.has(slot));
    const kept = this.#slots;
    const merged = new Int32Array(kept.length + added.length);
    let from = 0;
    for (let at = 0; at < added.length; at++) {
      const slot = added[at]!;
      const to = this.#partition((other) => this.#compare(slot, other) < 0, from);
      merged.set(kept.subarray(from, to), from + at);
      merged[to + at] = slot;
      from = to;
    }
    merged.set(kept.subarray(from), from + added.length);
    this.#slots = merged;
  }

  readonly #compare = (left: number, right: number): number => {
    const { nameKeys, ids } = this.#table;
    return compareValues(this.#value(left), this.#value(right), this.#direction) ||
      compareNames(
        nameKeys[left]!,
        ids[left]!,
        nameKeys[right]!,
        ids[right]!,
        this.#backwards,
      );
  };

  /** The first index at which `isBeyond` holds, given that it holds for all later ones. */
  #partition(isBeyond: (slot: number) => boolean, from = 0): number {
    let low = from, high = this.#slots.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBeyond(this.#slots[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The orders in use. One is built when it is first asked for and kept current from then on. */
export class Orders {
  readonly #orders = new Map<string, Order>();

  constructor(readonly table: AdapterTable) {}

  get(sort: StaticSort, direction: Direction): Order {
    const key = `${sort} ${direction}`;
    const known = this.#orders.get(key);
    if (known) return known;
    const byName = sort === "name" ? undefined : this.get("name", "asc").slots;
    const order = new Order(this.table, sort, direction, byName);
    this.#orders.set(key, order);
    return order;
  }

  update(changed: readonly number[]): void {
    for (const order of this.#orders.values()) order.update(changed);
  }
}
