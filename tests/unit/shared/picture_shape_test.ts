import assert from "node:assert/strict";
import fc from "fast-check";
import { rgbaToThumbHash, thumbHashToAverageRGBA } from "thumbhash";
import { ratioOfShape, shapeOf, tintOf } from "@/lib/shared/picture_shape.ts";

Deno.test("shapeOf() crops at most 3.5 % of any picture between 1:1.9 and 2.2:1", () => {
  const side = fc.integer({ min: 16, max: 8192 });
  fc.assert(fc.property(side, side, (width, height) => {
    const ratio = width / height;
    fc.pre(ratio > 0.52 && ratio < 2.2);
    const off = ratioOfShape(shapeOf(width, height)) / ratio;
    assert.ok(Math.max(off, 1 / off) < 1.036);
  }));
});

Deno.test("shapeOf() answers a class for every size, 2:3 for none", () => {
  assert.equal(shapeOf(10_000, 10), 22);
  assert.equal(shapeOf(10, 10_000), 0);
  assert.equal(ratioOfShape(shapeOf(0, 0)), 0.6663);
});

Deno.test("assets/ratios.css holds ratioOfShape() for every class", async () => {
  const css = await Deno.readTextFile(new URL("../../../assets/ratios.css", import.meta.url));
  for (let shape = 0; shape <= 22; shape++) {
    const [, ratio] = new RegExp(`\\.shape-${shape} \\{\\s+--ratio: ([\\d.]+);`).exec(css) ?? [];
    assert.equal(Number(ratio), ratioOfShape(shape), `shape-${shape}`);
  }
});

Deno.test("tintOf() names the colour that a thumbhash averages to", () => {
  const channel = fc.integer({ min: 0, max: 255 });
  fc.assert(fc.property(channel, channel, channel, (r, g, b) => {
    const pixels = Uint8Array.from({ length: 64 }, (_, i) => [r, g, b, 255][i % 4]!);
    const hash = rgbaToThumbHash(4, 4, pixels);
    const tint = tintOf(btoa(String.fromCharCode(...hash)));
    const mean = thumbHashToAverageRGBA(hash);
    const distance = (part: number, shift: number) =>
      Math.abs(Math.min(3, Math.floor(part * 4)) - (tint >> shift & 3));
    // The average rounds elsewhere than we do, which matters at the edge between two classes only.
    for (const [part, shift] of [[mean.r, 4], [mean.g, 2], [mean.b, 0]] as const) {
      assert.ok(distance(part, shift) <= 1);
    }
  }));
});

Deno.test("tintOf() is grey for what is no thumbhash", () => {
  for (const odd of [null, "", "AA", "!!!!!!!!"]) assert.equal(tintOf(odd), 21);
});
