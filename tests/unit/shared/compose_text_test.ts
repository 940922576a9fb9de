import assert from "node:assert/strict";
import fc from "fast-check";
import {
  composeHref,
  type ComposeText,
  composeText,
  hasPhrase,
  MAX_TEXT,
  withoutPhrase,
  withPhrase,
} from "@/lib/shared/compose_text.ts";

const EMPTY: ComposeText = { prefix: "", suffix: "", triggers: "none", target: "" };

Deno.test("composeText() reads back what composeHref() wrote", () => {
  const text = fc.string({ maxLength: 200, unit: "grapheme" });
  fc.assert(fc.property(
    text.filter((value) => value.trim() !== ""),
    text.filter((value) => value.trim() !== ""),
    fc.constantFrom("none", "activation", "all"),
    fc.constantFrom("", "SDXL 1.0", "Flux.1 D"),
    (prefix, suffix, triggers, target) => {
      const written = { prefix, suffix, triggers, target } as ComposeText;
      const { searchParams } = new URL(composeHref(written), "http://here");
      const read = composeText(Object.fromEntries(searchParams));
      assert.deepEqual(read, {
        ...written,
        prefix: prefix.toWellFormed(),
        suffix: suffix.toWellFormed(),
      });
    },
  ));
});

Deno.test("composeText() falls back where a URL makes no sense", () => {
  assert.deepEqual(composeText({ triggers: "some", prefix: ["a", "b"], target: 5 }), EMPTY);
  assert.equal(composeText({ prefix: "x".repeat(9999) }).prefix.length, MAX_TEXT);
});

Deno.test("composeHref() leaves out what is at its default", () => {
  assert.equal(composeHref(EMPTY), "/compose");
  assert.equal(composeHref(EMPTY, { said: "saved" }), "/compose?said=saved");
});

Deno.test("withPhrase() puts commas where they are missing", () => {
  const after = (suffix: string) => withPhrase({ ...EMPTY, suffix }, "rain").suffix;
  assert.equal(after(""), "rain");
  assert.equal(after("neon"), "neon, rain");
  assert.equal(after("neon, "), "neon, rain");
});

Deno.test("withoutPhrase() leaves everything else to the letter", () => {
  const without = (suffix: string) => withoutPhrase({ ...EMPTY, suffix }, "rain").suffix;
  assert.equal(without("neon, Rain, <lora:a:1>,  fog"), "neon, <lora:a:1>,  fog");
  assert.equal(without("rain"), "");
  assert.equal(without("rain, neon"), "neon");
  assert.equal(without("heavy rain, rainy"), "heavy rain, rainy");
});

Deno.test("withoutPhrase() takes back what withPhrase() added, whatever the phrase holds", () => {
  const phrase = fc.string({ minLength: 1, maxLength: 40 })
    .map((text) => text.replaceAll(",", ";").trim()).filter((text) => text !== "");
  fc.assert(fc.property(phrase, (added) => {
    const text = withPhrase({ ...EMPTY, suffix: "neon, fog" }, added);
    assert.ok(hasPhrase(text, added));
    if (!/^(neon|fog)$/i.test(added)) {
      assert.equal(withoutPhrase(text, added).suffix, "neon, fog");
    }
  }));
});
