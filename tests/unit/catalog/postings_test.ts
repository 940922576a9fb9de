import assert from "node:assert/strict";
import fc from "fast-check";
import { MASKS, Postings, PostingsBatch } from "@/lib/catalog/index/postings.ts";

const entry = fc.record({ term: fc.nat(20), fields: fc.integer({ min: 1, max: MASKS - 1 }) });
const row = fc.record({
  slot: fc.nat(30),
  entries: fc.uniqueArray(entry, { selector: ({ term }) => term, maxLength: 8 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: fc.uniqueArray(row, { selector: (r) => r.slot }) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat(30) }) },
);

Deno.test("Postings answer from the last thing said about each slot, across merges", () => {
  // The weight of a mask is the mask, so that scores tell which was found.
  const weights = Float32Array.from({ length: MASKS }, (_, mask) => mask);
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const postings = new Postings();
    const model = new Map<number, Map<number, number>>();
    for (const step of steps) {
      if ("remove" in step) {
        postings.remove(step.remove);
        model.delete(step.remove);
        continue;
      }
      const batch = new PostingsBatch();
      for (const { slot, entries } of step.add) {
        batch.slots.add(slot);
        for (const { term, fields } of entries) batch.add(term, slot, fields);
        model.set(slot, new Map(entries.map(({ term, fields }) => [term, fields])));
      }
      postings.add(batch);
    }
    for (let term = 0; term <= 20; term++) {
      const scores = new Float32Array(31);
      postings.raise(term, weights, scores);
      const expected = Array.from(scores, (_, slot) => model.get(slot)?.get(term) ?? 0);
      assert.deepEqual([...scores], expected);
    }
  }));
});
