import assert from "node:assert/strict";
import fc from "fast-check";
import {
  composePrompt,
  isWritable,
  type LoraSegment,
  parsePrompt,
  type PromptItem,
  withWeight,
} from "@/lib/shared/prompt/mod.ts";

const lorasOf = (text: string) =>
  parsePrompt(text).filter((segment): segment is LoraSegment => segment.type === "lora");

Deno.test("parsePrompt() finds tokens with their offsets and keeps every byte of the text", () => {
  const text = "a <lora:neon:0.8>, b<lora:x> c";
  const segments = parsePrompt(text);
  assert.deepEqual(segments.map(({ type, start }) => [type, start]), [
    ["text", 0],
    ["lora", 2],
    ["text", 17],
    ["lora", 20],
    ["text", 28],
  ]);
  assert.equal(segments.map(({ raw }) => raw).join(""), text);
  assert.deepEqual(lorasOf(text).map(({ stem, weight }) => [stem, weight]), [["neon", 0.8], [
    "x",
    1,
  ]]);
});

Deno.test("parsePrompt() leaves a stepwise or named weight to the server", () => {
  const [stepwise, named, both] = lorasOf(
    "<lora:a:0@0,1@0.5><lora:b:te=0.5><lora:c:0.7:unet=1:high>",
  );
  assert.deepEqual([stepwise!.weight, stepwise!.extra], [null, ["0@0,1@0.5"]]);
  assert.deepEqual([named!.weight, named!.extra], [null, ["te=0.5"]]);
  assert.deepEqual([both!.weight, both!.extra], [0.7, ["unet=1", "high"]]);
});

Deno.test("withWeight() keeps named arguments and replaces a stepwise weight", () => {
  const [named, stepwise] = lorasOf("<lora:c:0.7:unet=1:high> <lora:a:0@0,1@0.5>");
  assert.equal(withWeight(named!, 0.85), "<lora:c:0.85:unet=1:high>");
  assert.equal(withWeight(stepwise!, 1), "<lora:a:1>");
});

Deno.test("parsePrompt() loses no character of any text", () => {
  fc.assert(fc.property(
    fc.array(
      fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("<lora:", ":", ">", "0.5", "<")),
    ),
    (parts) => {
      const text = parts.join("");
      assert.equal(parsePrompt(text).map(({ raw }) => raw).join(""), text);
    },
  ));
});

Deno.test("parsePrompt(composePrompt()) gives the same stems and weights to three decimals", () => {
  const item = fc.record({
    id: fc.uuid(),
    name: fc.string(),
    stem: fc.string({ unit: "grapheme", minLength: 1 }).filter(isWritable),
    weight: fc.double({ min: -10, max: 10, noNaN: true }),
  });
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("<"));
  fc.assert(fc.property(
    fc.uniqueArray(item, { selector: ({ id }) => id }),
    text,
    text,
    (items: PromptItem[], prefix, suffix) => {
      const { prompt, tokens } = composePrompt({ prefix, suffix, items });
      const read = lorasOf(prompt);
      assert.deepEqual(read.map(({ raw }) => raw), tokens);
      assert.deepEqual(read.map(({ stem }) => stem), items.map(({ stem }) => stem));
      read.forEach(({ weight }, i) => assert.ok(Math.abs(weight! - items[i]!.weight) <= 0.000501));
    },
  ));
});
