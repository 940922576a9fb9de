import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cleanTrainedWord,
  readTriggerWords,
  splitPhrases,
} from "@/lib/importer/formats/trigger_words.ts";

Deno.test("splitPhrases() splits at commas outside brackets", () => {
  assert.deepEqual(splitPhrases("a, (b, c:1.2), [d, e],, f"), ["a", "(b, c:1.2)", "[d, e]", "f"]);
  assert.deepEqual(splitPhrases("a (b, c"), ["a (b", "c"]);
  assert.deepEqual(splitPhrases(":), b"), [":)", "b"]);
  assert.deepEqual(splitPhrases("红裙，帽子、伞"), ["红裙", "帽子", "伞"]);
});

Deno.test("cleanTrainedWord() removes network tokens and what they leave behind", () => {
  assert.equal(cleanTrainedWord("<lora:neon:0.8>, rain, <LYCO:x:1>,city"), "rain, city");
  assert.equal(cleanTrainedWord("rain <lora:neon"), "rain");
  assert.equal(cleanTrainedWord("<lora:neon:1>"), "");
  assert.equal(cleanTrainedWord("  a  b,c "), "a b,c");
  assert.equal(cleanTrainedWord("rain,"), "rain");
});

Deno.test("readTriggerWords() keeps entries, lists their words once, and names sets apart", () => {
  assert.deepEqual(
    readTriggerWords(["rain", "coat, red hat", "coat, blue hat", "Rain"], "neon, (rain:1.1)"),
    {
      trained_words: ["rain", "coat, red hat", "coat, blue hat"],
      triggers: ["rain", "coat", "red hat", "blue hat", "neon", "(rain:1.1)"],
      trigger_sets: [
        { name: "coat", text: "coat, red hat" },
        { name: "coat 2", text: "coat, blue hat" },
      ],
    },
  );
});

Deno.test("readTriggerWords() stays within the limits of a row", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 600 }), { maxLength: 300 }),
      (entries) => {
        const { trained_words, triggers, trigger_sets } = readTriggerWords(entries, null);
        assert.ok(
          trained_words.length <= 200 && triggers.length <= 200 && trigger_sets.length <= 50,
        );
        assert.ok(
          [...trained_words, ...triggers].every((word) => word.length > 0 && word.length <= 500),
        );
        assert.ok(
          trigger_sets.every(({ name, text }) => name.length <= 100 && text.length <= 2000),
        );
        assert.equal(new Set(trigger_sets.map(({ name }) => name)).size, trigger_sets.length);
      },
    ),
    { numRuns: 50 },
  );
});
