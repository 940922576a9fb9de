import assert from "node:assert/strict";
import fc from "fast-check";
import { Invalid } from "@/lib/errors.ts";
import { decodeCursor, encodeCursor } from "@/lib/catalog/index/cursor.ts";

Deno.test("decodeCursor() returns the position encodeCursor() was given", () => {
  fc.assert(fc.property(
    fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.string({ unit: "grapheme" }),
    fc.uuid(),
    (value, nameKey, id) => {
      // JSON knows no negative zero, and neither do orders.
      const position = { value: value === 0 ? 0 : value, nameKey, id };
      const cursor = encodeCursor("rating", "desc", position);
      assert.match(cursor, /^[\w-]+$/);
      assert.deepEqual(decodeCursor(cursor, "rating", "desc"), position);
    },
  ));
});

Deno.test("decodeCursor() refuses what it did not make, and cursors of another sort", () => {
  const position = { value: null, nameKey: "a", id: crypto.randomUUID() };
  const cursor = encodeCursor("name", "asc", position);
  assert.throws(() => decodeCursor(cursor, "rating", "asc"), Invalid);
  assert.throws(() => decodeCursor(cursor, "name", "desc"), Invalid);
  fc.assert(fc.property(fc.string(), (text) => {
    assert.throws(() => decodeCursor(text, "name", "asc"), Invalid);
  }));
  assert.throws(() => decodeCursor(btoa('["name","asc",1]'), "name", "asc"), Invalid);
});
