import assert from "node:assert/strict";
import fc from "fast-check";
import { forgivenTypos, TypoAutomaton } from "@/lib/catalog/index/typos.ts";
import { Vocabulary } from "@/lib/catalog/index/vocabulary.ts";

/** Optimal string alignment, by the book. */
function distance(left: string, right: string): number {
  const rows = Array.from(
    { length: left.length + 1 },
    (_, i) => Array.from({ length: right.length + 1 }, (_, j) => i === 0 ? j : j === 0 ? i : 0),
  );
  for (let i = 1; i <= left.length; i++) {
    for (let j = 1; j <= right.length; j++) {
      rows[i]![j] = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1),
      );
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
      }
    }
  }
  return rows[left.length]![right.length]!;
}

const nearestPrefix = (word: string, text: string): number =>
  Math.min(
    ...Array.from({ length: text.length + 1 }, (_, end) => distance(word, text.slice(0, end))),
  );

// Few letters, so that near words are common.
const letters = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength, maxLength });

Deno.test("TypoAutomaton finds the distance to the nearest prefix, whatever was read before", () => {
  fc.assert(fc.property(
    letters(4, 9),
    fc.array(letters(0, 14), { maxLength: 30 }),
    fc.integer({ min: 1, max: 2 }),
    (word, texts, limit) => {
      const automaton = new TypoAutomaton(word, limit);
      let before = "";
      for (const text of texts.sort()) {
        let shared = 0;
        while (shared < text.length && text[shared] === before[shared]) shared++;
        automaton.read(text, before === "" ? 0 : shared);
        before = text;
        assert.equal(automaton.distance, Math.min(limit + 1, nearestPrefix(word, text)), text);
      }
    },
  ));
});

Deno.test("Vocabulary.similarTo() finds what comparing every word finds", () => {
  fc.assert(fc.property(
    letters(4, 9),
    fc.array(fc.array(letters(1, 12), { maxLength: 40 }), { maxLength: 3 }),
    fc.integer({ min: 1, max: 2 }),
    (word, batches, limit) => {
      const vocabulary = new Vocabulary();
      for (const batch of batches) {
        for (const each of batch) vocabulary.term(each);
        vocabulary.prepare();
      }
      const expected = [...new Set(batches.flat())].flatMap((each) => {
        const allowed = each[0] === word[0] ? limit : 1;
        const found = nearestPrefix(word, each);
        return found <= allowed ? [`${each} ${found}`] : [];
      });
      const found = vocabulary.similarTo(word, limit)
        .map(({ term, distance }) => `${vocabulary.word(term)} ${distance}`);
      assert.deepEqual(found.sort(), expected.sort());
    },
  ));
});

Deno.test("Vocabulary.startingWith() finds every word with the prefix, words added later included", () => {
  fc.assert(fc.property(
    letters(1, 3),
    fc.array(fc.array(letters(1, 5), { maxLength: 30 }), { maxLength: 4 }),
    (prefix, batches) => {
      const vocabulary = new Vocabulary();
      const added = new Set<string>();
      for (const batch of batches) {
        for (const word of batch) added.add(vocabulary.word(vocabulary.term(word)));
        const found = vocabulary.startingWith(prefix).map((term) => vocabulary.word(term));
        assert.deepEqual(found, [...added].filter((word) => word.startsWith(prefix)).sort());
      }
    },
  ));
});

Deno.test("forgivenTypos() grows with the word and never applies to numbers", () => {
  assert.deepEqual(["sky", "neon", "samurai", "dragonfly", "20240601"].map(forgivenTypos), [
    0,
    1,
    1,
    2,
    0,
  ]);
});
