import assert from "node:assert/strict";
import fc from "fast-check";
import { CodeColumn, ListColumn, NumberColumn } from "@/lib/catalog/index/columns.ts";

const SIZE = 40;
const all = Int32Array.from({ length: SIZE }, (_, slot) => slot);
const tag = fc.constantFrom("a", "b", "c", "A", "anime", "Anime");
const writes = fc.array(
  fc.record({ slot: fc.nat(SIZE - 1), values: fc.uniqueArray(tag, { maxLength: 6 }) }),
  { maxLength: 400 },
);

Deno.test("ListColumn answers like a list per slot, however often slots are rewritten", () => {
  fc.assert(fc.property(writes, tag, tag, (writes, first, second) => {
    const column = new ListColumn();
    const model: string[][] = Array.from({ length: SIZE }, () => []);
    for (let slot = 0; slot < SIZE; slot++) column.set(slot, []);
    for (const { slot, values } of writes) {
      column.set(slot, values);
      model[slot] = values;
    }
    const has = (values: string[], wanted: string) =>
      values.some((value) => value.toLowerCase() === wanted.toLowerCase());
    const where = (test: (values: string[]) => boolean) =>
      model.flatMap((values, slot) => test(values) ? [slot] : []);
    model.forEach((values, slot) => assert.deepEqual(column.get(slot), values));
    assert.deepEqual(
      [...column.withAny([first, second], SIZE).slots()],
      where((values) => has(values, first) || has(values, second)),
    );
    assert.deepEqual(
      [...column.withAll([first, second], SIZE).slots()],
      where((values) => has(values, first) && has(values, second)),
    );
    const counts = column.counts(all);
    column.dictionary.values.forEach((value, code) =>
      assert.equal(counts[code], where((values) => values.includes(value)).length)
    );
  }));
});

Deno.test("ListColumn keeps what was last set while it rewrites its memory", () => {
  const column = new ListColumn();
  const values = Array.from({ length: 50 }, (_, at) => `tag ${at}`);
  for (let round = 0; round < 1000; round++) column.set(round % 10, values);
  for (let slot = 0; slot < 10; slot++) assert.deepEqual(column.get(slot), values);
});

Deno.test("CodeColumn: an empty text is no value, and spelling in filters ignores case", () => {
  const column = new CodeColumn();
  ["SDXL 1.0", null, "", "sdxl 1.0", "Pony"].forEach((value, slot) => column.set(slot, value));
  assert.equal(column.get(1), null);
  assert.equal(column.get(2), null);
  assert.deepEqual([...column.withAny(["SDXL 1.0"], 5).slots()], [0, 3]);
  assert.deepEqual([...column.withAny(["unheard of"], 5).slots()], []);
  assert.deepEqual([...column.counts(Int32Array.of(0, 1, 2, 4))], [1, 0, 1]);
});

Deno.test("NumberColumn.between() leaves out slots without a number", () => {
  const column = new NumberColumn();
  [1, null, 3, 2].forEach((value, slot) => column.set(slot, value));
  assert.deepEqual([...column.between(2, Infinity, 4).slots()], [2, 3]);
  assert.deepEqual([...column.equalTo(1, 4).slots()], [0]);
});
