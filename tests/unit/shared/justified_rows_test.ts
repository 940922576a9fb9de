import assert from "node:assert/strict";
import fc from "fast-check";
import { justifiedRows, rowAt } from "@/lib/shared/justified_rows.ts";

const ratios = fc.array(fc.double({ min: 0.5, max: 2.25, noNaN: true }), { maxLength: 200 });

Deno.test("justifiedRows() places every card once, in order, in rows that fill the width", () => {
  fc.assert(fc.property(ratios, fc.integer({ min: 320, max: 3000 }), (list, width) => {
    const gap = 10;
    const rows = justifiedRows(list, width, 240, gap);
    assert.equal(rows.at(0)?.start ?? 0, 0);
    assert.equal(rows.at(-1)?.end ?? 0, list.length);
    rows.forEach((row, index) => {
      const next = rows[index + 1];
      if (!next) return;
      assert.equal(row.end, next.start);
      assert.ok(Math.abs(row.top + row.height + gap - next.top) < 1e-6);
      const cards = list.slice(row.start, row.end);
      const filled = cards.reduce((sum, ratio) => sum + ratio * row.height, 0) +
        gap * (cards.length - 1);
      assert.ok(cards.length === 1 || Math.abs(filled - width) < 1);
    });
  }));
});

Deno.test("rowAt() finds the row under a height, and the nearest one outside", () => {
  const rows = justifiedRows([1, 1, 1, 1, 1, 1], 500, 240, 10);
  assert.equal(rows.length, 3);
  assert.equal(rowAt(rows, -50), 0);
  assert.equal(rowAt(rows, rows[1]!.top), 1);
  assert.equal(rowAt(rows, 1e9), 2);
  assert.equal(rowAt([], 0), -1);
});
