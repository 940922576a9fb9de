import assert from "node:assert/strict";
import fc from "fast-check";
import { normalizeText, queryWords, uniqueWords, words } from "@/lib/text/words.ts";

Deno.test("words() parts at everything but letters and digits, and folds case, width and accents", () => {
  assert.deepEqual(words("School_Uniform, <b>Éclair</b> ﬁne Ａ１ Straße!"), [
    "school",
    "uniform",
    "b",
    "eclair",
    "b",
    "fine",
    "a1",
    "strasse",
  ]);
  assert.deepEqual(words(" ,.;|"), []);
});

Deno.test("words() keeps signs whose marks change the meaning", () => {
  assert.deepEqual(words("ガンダム"), ["ガン", "ンダ", "ダム", "ム"]);
  assert.deepEqual(words("हिन्दी"), ["हिन्दी"]);
  assert.deepEqual(words("한국어"), ["한국어"]);
});

Deno.test("words() makes pairs of Chinese signs, and queryWords() finds any part of them by prefix", () => {
  const indexed = words("水墨山水LoRA");
  assert.deepEqual(indexed, ["水墨", "墨山", "山水", "水", "lora"]);
  const finds = (query: string) =>
    queryWords(query).every((word) => indexed.some((it) => it.startsWith(word)));
  for (const query of ["水", "墨", "山", "水墨", "墨山水", "lor"]) assert.ok(finds(query), query);
  assert.ok(!finds("山墨"));
});

Deno.test("queryWords() of any part of a text are prefixes of its words()", () => {
  const sign = fc.constantFrom(..."水墨山かなカナ漢字ー");
  fc.assert(
    fc.property(
      fc.array(sign, { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.nat(),
      (signs, a, b) => {
        const start = a % signs.length;
        const end = start + 1 + b % (signs.length - start);
        const indexed = words(signs.join(""));
        for (const word of queryWords(signs.slice(start, end).join(""))) {
          assert.ok(indexed.some((it) => it.startsWith(word)), `${signs.join("")} lacks ${word}`);
        }
      },
    ),
  );
});

Deno.test("normalizeText() is stable: folding twice changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const once = normalizeText(text);
    assert.equal(normalizeText(once), once);
  }));
});

Deno.test("words() hold neither spaces nor upper case, whatever the text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    for (const word of words(text)) {
      assert.ok(word.length > 0 && !/\s/.test(word));
      assert.equal(normalizeText(word), word);
    }
  }));
});

Deno.test("uniqueWords() stops at its limit", () => {
  assert.deepEqual(uniqueWords("b a b c d", 3), ["b", "a", "c"]);
});
