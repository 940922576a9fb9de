import assert from "node:assert/strict";
import fc from "fast-check";
import { firstOf } from "@/lib/catalog/index/top.ts";

Deno.test("firstOf() equals the beginning of the sorted whole", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer()), fc.nat(60), (items, limit) => {
    const compare = (left: number, right: number) => left - right;
    assert.deepEqual(firstOf(items, limit, compare), items.toSorted(compare).slice(0, limit));
  }));
});
