import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatWeight,
  isWritable,
  stemOf,
  tokenFor,
  whyUnwritable,
} from "@/lib/shared/prompt/mod.ts";

Deno.test("stemOf() drops folders and only the last extension", () => {
  assert.equal(stemOf("style/neon.v2.safetensors"), "neon.v2");
  assert.equal(stemOf("C:\\loras\\霓虹雨.safetensors"), "霓虹雨");
  assert.equal(stemOf("no_extension"), "no_extension");
  assert.equal(stemOf(".hidden"), ".hidden");
});

Deno.test("tokenFor() writes at most three decimals and no trailing zeros", () => {
  assert.equal(tokenFor("neon", 1), "<lora:neon:1>");
  assert.equal(tokenFor("neon", 0.8), "<lora:neon:0.8>");
  assert.equal(tokenFor("neon", 0.75049), "<lora:neon:0.75>");
  assert.equal(tokenFor("neon", 0.1 + 0.2), "<lora:neon:0.3>");
  assert.equal(tokenFor("neon", -0.0001), "<lora:neon:0>");
  assert.equal(tokenFor("neon", -1.5), "<lora:neon:-1.5>");
});

Deno.test("formatWeight() never writes an exponent, and refuses what is no number", () => {
  fc.assert(fc.property(
    fc.double({ min: -1e14, max: 1e14, noNaN: true }),
    (weight) => {
      const text = formatWeight(weight);
      assert.match(text, /^-?\d+(\.\d{1,3})?$/);
      assert.ok(!/\.\d*0$/.test(text) && text !== "-0", text);
      assert.ok(Math.abs(Number(text) - weight) <= 0.0005 + Math.abs(weight) * 1e-15);
    },
  ));
  for (const weight of [NaN, Infinity, -Infinity, 1e21]) {
    assert.throws(() => formatWeight(weight), RangeError);
  }
});

Deno.test("isWritable() refuses exactly the names SD.Next would misread", () => {
  for (const stem of ["a:b", "a>b", "a<b", "a=b", "/abs/path", "\\share", "", "  ", "a\nb"]) {
    assert.equal(isWritable(stem), false, JSON.stringify(stem));
  }
  for (const stem of ["neon v2.1", "霓虹雨", "🌸 sakura", "a,b(c)[d]", "sub/dir/name"]) {
    assert.equal(isWritable(stem), true, stem);
  }
  assert.match(whyUnwritable("a:b")!, /":"/);
});
