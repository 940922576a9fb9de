import assert from "node:assert/strict";
import {
  composePrompt,
  estimateClipTokens,
  orderActive,
  type PromptItem,
  splitPhrases,
} from "@/lib/shared/prompt/mod.ts";

const item = (id: string, over: Partial<PromptItem> = {}): PromptItem => ({
  id,
  name: id,
  stem: id,
  weight: 1,
  ...over,
});
const codes = (input: Parameters<typeof composePrompt>[0]) =>
  composePrompt(input).warnings.map(({ code, adapter_id }) =>
    adapter_id ? `${code} ${adapter_id}` : code
  );

Deno.test("orderActive() puts ordinals first, then names as people sort them", () => {
  const items = [
    { id: "1", name: "style 10", ordinal: null },
    { id: "2", name: "Zebra", ordinal: 2 },
    { id: "3", name: "style 2", ordinal: null },
    { id: "4", name: "apple", ordinal: 0 },
    { id: "6", name: "same", ordinal: 1 },
    { id: "5", name: "Same", ordinal: 1 },
  ];
  assert.deepEqual(orderActive(items).map(({ id }) => id), ["4", "5", "6", "2", "3", "1"]);
});

Deno.test("composePrompt() joins prefix, tokens and suffix by single spaces; empty parts vanish", () => {
  const items = [item("a", { weight: 0.75 }), item("b")];
  assert.equal(
    composePrompt({ prefix: " masterpiece, ", suffix: "night ", items }).prompt,
    "masterpiece, <lora:a:0.75> <lora:b:1> night",
  );
  assert.equal(
    composePrompt({ prefix: "", suffix: "  ", items: [item("a")] }).prompt,
    "<lora:a:1>",
  );
  assert.equal(composePrompt({ items: [] }).prompt, "");
});

Deno.test("composePrompt() adds trigger words after the tokens, each once whatever its case", () => {
  const items = [
    item("a", {
      activation_text: "neon rain, Wet Street",
      trained_words: ["neon rain", "puddles"],
    }),
    item("b", { trained_words: ["wet  street, fog", "<lora:b:1> haze"] }),
  ];
  const compose = (triggers: "none" | "activation" | "all") =>
    composePrompt({ prefix: "p", suffix: "s", items, triggers }).prompt;
  assert.equal(compose("none"), "p <lora:a:1> <lora:b:1> s");
  assert.equal(compose("activation"), "p <lora:a:1> <lora:b:1> neon rain, Wet Street, fog s");
  assert.equal(
    compose("all"),
    "p <lora:a:1> <lora:b:1> neon rain, Wet Street, puddles, fog, haze s",
  );
});

Deno.test("composePrompt() does not repeat a trigger word that the prefix already says", () => {
  const { trigger_words } = composePrompt({
    prefix: "Neon Rain, city",
    items: [item("a", { activation_text: "neon rain, fog" })],
    triggers: "activation",
  });
  assert.deepEqual(trigger_words, ["fog"]);
});

Deno.test("splitPhrases() keeps a bracketed phrase whole", () => {
  assert.deepEqual(splitPhrases("a, (b, c:1.2),, d [e, f]\ng"), [
    "a",
    "(b, c:1.2)",
    "d [e, f]",
    "g",
  ]);
});

Deno.test("composePrompt() leaves out a name no token can hold, and says so", () => {
  const result = composePrompt({ items: [item("a:b"), item("c")] });
  assert.deepEqual(result.tokens, ["<lora:c:1>"]);
  assert.deepEqual(result.warnings.map(({ code }) => code), ["unwritable_name"]);
});

Deno.test("composePrompt() warns about each thing that will not do what it looks like", () => {
  assert.deepEqual(
    codes({ items: [item("a", { file_status: "missing" })] }),
    ["file_missing a"],
  );
  assert.deepEqual(codes({ items: [item("a", { file_format: "pickle" })] }), ["unsafe_format a"]);
  assert.deepEqual(codes({ items: [item("a", { shares_stem: true })] }), ["ambiguous_stem a"]);
  assert.deepEqual(codes({ items: [item("a", { stem: "x" }), item("b", { stem: "x" })] }), [
    "ambiguous_stem a",
    "ambiguous_stem b",
  ]);
  assert.deepEqual(codes({ items: [item("a", { weight: 0 })] }), ["weight_zero a"]);
  assert.deepEqual(codes({ items: [item("a", { weight: 2.5 })] }), ["weight_out_of_range a"]);
  assert.deepEqual(codes({ items: [item("a"), item("a", { weight: 2.5 })] }), [
    "duplicate_adapter a",
  ]);
  assert.deepEqual(codes({ items: [item("a")], suffix: "x <lora:a:0.3>" }), [
    "duplicate_adapter a",
  ]);
  assert.deepEqual(codes({ items: [item("v1.5")] }), ["server_dependent_name v1.5"]);
  assert.deepEqual(codes({ items: [], prefix: "word ".repeat(76) }), ["too_many_tokens"]);
});

Deno.test("composePrompt() warns about base models that no single checkpoint loads", () => {
  const items = [
    item("a", { base_model: "SDXL 1.0" }),
    item("b", { base_model: "Pony" }),
    item("c", { base_model: "SD 1.5" }),
    item("d", { base_model: "Something new" }),
  ];
  assert.deepEqual(codes({ items }), ["incompatible_base_models c"]);
  assert.deepEqual(codes({ items, target_base_model: "SD 1.5" }), [
    "incompatible_base_models a",
    "incompatible_base_models b",
  ]);
});

Deno.test("estimateClipTokens() counts words, punctuation and digits, but neither LoRA tokens nor weights", () => {
  assert.equal(estimateClipTokens(""), 0);
  assert.equal(estimateClipTokens("a photo of a cat"), 5);
  assert.equal(estimateClipTokens("cat, dog"), 3);
  assert.equal(estimateClipTokens("1990s"), 5);
  assert.equal(estimateClipTokens("(cat:1.3) [dog]"), 2);
  assert.equal(estimateClipTokens("<lora:neon_city_v2:0.85> cat"), 1);
  assert.equal(estimateClipTokens("霓虹雨"), 6);
});
