import assert from "node:assert/strict";
import { Selection } from "@/browser/selection.ts";

const ALL = ["a", "b", "c", "d", "e"];

Deno.test("Selection.extendTo() takes everything since the last one touched, both ways", () => {
  const selection = new Selection();
  selection.toggle("d");
  selection.extendTo("b", ALL);
  assert.deepEqual([...selection.ids.value].toSorted(), ["b", "c", "d"]);
  selection.extendTo("e", ALL);
  assert.deepEqual([...selection.ids.value].toSorted(), ["b", "c", "d", "e"]);
});

Deno.test("Selection.extendTo() without a start selects one", () => {
  const selection = new Selection();
  selection.extendTo("c", ALL);
  assert.deepEqual([...selection.ids.value], ["c"]);
  selection.clear();
  selection.extendTo("a", ALL);
  assert.deepEqual([...selection.ids.value], ["a"]);
});
