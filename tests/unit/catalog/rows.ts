import fc from "fast-check";
import type { IndexRow } from "@/lib/catalog/index/rows.ts";
import { AdapterTable } from "@/lib/catalog/index/table.ts";
import { Orders } from "@/lib/catalog/index/orders.ts";

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values);
const word = fc.constantFrom("neon", "rain", "Street", "castle", "v2", "v10", "Ünder", "雨");
const words = (most: number) => fc.uniqueArray(word, { maxLength: most });

/** Adapters out of few values, so that ties and matches are common. */
export const arbitraryRow = (ids: readonly string[]): fc.Arbitrary<IndexRow> =>
  fc.record({
    id: fc.constantFrom(...ids),
    name: words(3).map((parts) => parts.join(" ") || "unnamed"),
    author: maybe(fc.constantFrom("mira", "Mira", "kato")),
    baseModel: maybe(fc.constantFrom("SDXL 1.0", "SD 1.5", "Pony", "Mystery")),
    sdVersion: maybe(fc.constantFrom("SDXL", "SD1")),
    tags: words(4),
    trainedWords: words(2),
    filePath: word.map((stem) => `sub/${stem}.safetensors`),
    active: fc.boolean(),
    ordinal: maybe(fc.nat(3)),
    nsfwLevel: fc.constantFrom(0, 1, 2, 3, 4, 8, 16, 31, 32),
    rating: fc.nat(5),
    favorite: fc.boolean(),
    fileStatus: fc.constantFrom("present" as const, "missing" as const, "changed" as const),
    fileSize: maybe(fc.nat(3)),
    created: fc.nat(5),
    published: maybe(fc.nat(3)),
    updated: fc.nat(5),
    lastUsed: maybe(fc.nat(3)),
    usage: fc.nat(2),
    downloads: maybe(fc.constantFrom("1", "20", "many", "-3")),
    hasPreview: fc.boolean(),
  });

/** A step in the life of a catalog. */
export type Step =
  | { put: { row: IndexRow; collections: string[] }[] }
  | { remove: string[] };

export const COLLECTIONS = ["c1", "c2"];

export const arbitrarySteps = (ids: readonly string[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          put: fc.uniqueArray(
            fc.record({
              row: arbitraryRow(ids),
              collections: fc.subarray(COLLECTIONS),
            }),
            { selector: ({ row }) => row.id, maxLength: 15 },
          ),
        }),
      },
      { weight: 1, arbitrary: fc.record({ remove: fc.subarray([...ids]) }) },
    ),
    { maxLength: 12 },
  );

export interface Model {
  table: AdapterTable;
  orders: Orders;
  /** What the table must know, the plain way. */
  rows: Map<string, { row: IndexRow; collections: string[] }>;
}

/** Applies the steps to a table with its orders, and to a plain map. */
export function live(steps: readonly Step[], before: (model: Model) => void = () => {}): Model {
  const table = new AdapterTable();
  const model: Model = { table, orders: new Orders(table), rows: new Map() };
  before(model);
  for (const step of steps) {
    if ("put" in step) {
      const changed = step.put.map(({ row, collections }) => table.put(row, collections));
      for (const entry of step.put) model.rows.set(entry.row.id, entry);
      model.orders.update(changed);
    } else {
      const gone = step.remove.map((id) => table.remove(id)).filter((slot) => slot !== undefined);
      for (const id of step.remove) model.rows.delete(id);
      model.orders.update(gone);
    }
  }
  return model;
}

export const IDS: readonly string[] = Array.from(
  { length: 40 },
  (_, at) => `01980000-0000-7000-8000-0000000000${at.toString(16).padStart(2, "0")}`,
);
