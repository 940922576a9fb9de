import assert from "node:assert/strict";
import fc from "fast-check";
import { Bitmap } from "@/lib/catalog/index/bitmap.ts";

const slots = fc.uniqueArray(fc.nat(2000), { maxLength: 200 });
const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);

Deno.test("Bitmap: and, or and andNot equal the operations on sets", () => {
  fc.assert(fc.property(slots, slots, (left, right) => {
    const [a, b] = [new Set(left), new Set(right)];
    const both = Bitmap.of(left).and(Bitmap.of(right));
    assert.deepEqual([...both.slots()], sorted(a.intersection(b)));
    assert.deepEqual([...Bitmap.of(left).or(Bitmap.of(right)).slots()], sorted(a.union(b)));
    assert.deepEqual(
      [...Bitmap.of(left).andNot(Bitmap.of(right)).slots()],
      sorted(a.difference(b)),
    );
    assert.equal(both.count(), a.intersection(b).size);
  }));
});

Deno.test("Bitmap: add and delete, beyond the size it was made with", () => {
  fc.assert(fc.property(slots, slots, fc.nat(500), (added, deleted, size) => {
    const bitmap = new Bitmap(size);
    const model = new Set(added);
    for (const slot of added) bitmap.add(slot);
    for (const slot of deleted) {
      bitmap.delete(slot);
      model.delete(slot);
    }
    assert.deepEqual([...bitmap.slots()], sorted(model));
    for (const slot of [...added, ...deleted]) assert.equal(bitmap.has(slot), model.has(slot));
  }));
});

Deno.test("Bitmap.clone() shares nothing with the original", () => {
  const original = Bitmap.of([1, 40]);
  original.clone().add(7);
  assert.deepEqual([...original.slots()], [1, 40]);
});
