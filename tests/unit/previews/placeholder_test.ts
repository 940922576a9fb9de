import assert from "node:assert/strict";
import fc from "fast-check";
import { renderSvg } from "@/lib/previews/picture.ts";
import { initialsOf, placeholderSvg } from "@/lib/previews/placeholder.ts";
import { snapWidth } from "@/lib/previews/thumb_store.ts";

Deno.test("initialsOf() takes the first letters of up to two words", () => {
  assert.equal(initialsOf("neon rain v2"), "NR");
  assert.equal(initialsOf("[LoRA] Städte"), "LS");
  assert.equal(initialsOf("水彩 画"), "水画");
  assert.equal(initialsOf("🔥🔥"), "");
});

Deno.test("placeholderSvg() renders whatever the name, and equal names alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 30 }), async (name) => {
      const svg = placeholderSvg(name, 64, "image");
      assert.equal(svg, placeholderSvg(name, 64, "image"));
      assert.ok((await renderSvg(svg)).length > 100);
    }),
    { numRuns: 60 },
  );
  assert.ok((await renderSvg(placeholderSvg("</text><script>&", 64, "video"))).length > 100);
});

Deno.test("snapWidth() rounds up to a width that exists", () => {
  assert.deepEqual([1, 64, 65, 300, 5000].map(snapWidth), [64, 64, 128, 320, 1024]);
});
