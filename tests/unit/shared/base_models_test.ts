import assert from "node:assert/strict";
import fc from "fast-check";
import {
  compatibilityOf,
  familyOf,
  guessBaseModel,
  isCompatible,
  normalizeBaseModel,
  sdVersionOf,
} from "@/lib/shared/base_models.ts";

Deno.test("normalizeBaseModel() gives what trainers and tools write the names of Civitai", () => {
  const names: [string, string | null][] = [
    ["sd_v1", "SD 1.5"],
    ["sd_v2_v", "SD 2.1 768"],
    ["SD1.5", "SD 1.5"],
    ["Stable Diffusion 1.5", "SD 1.5"],
    ["sdxl_base_v1-0", "SDXL 1.0"],
    ["stable-diffusion-xl-v1-base/lora", "SDXL 1.0"],
    ["stable-diffusion-v1/lora", "SD 1.5"],
    ["SDXL", "SDXL 1.0"],
    ["flux-1-dev/lora", "Flux.1 D"],
    ["Flux.1 S", "Flux.1 S"],
    ["sd3.5-large", "SD 3.5 Large"],
    ["Wan Video 14B t2v", "Wan Video 14B t2v"],
    ["Something New 2", "Something New 2"],
    ["Other", "Other"],
    [" Unknown ", null],
    ["None", null],
    ["", null],
  ];
  for (const [text, name] of names) assert.equal(normalizeBaseModel(text), name, text);
});

Deno.test("familyOf() puts the finetunes of SDXL together, and Pony V7 elsewhere", () => {
  for (const name of ["SDXL 1.0", "Pony", "Illustrious", "NoobAI", "SDXL Lightning"]) {
    assert.equal(familyOf(name), "SDXL", name);
  }
  assert.equal(familyOf("Pony V7"), "AuraFlow");
  assert.equal(familyOf("SD 1.4"), "SD 1");
  assert.equal(familyOf("SVD XT"), "SVD");
  assert.equal(familyOf("Other"), null);
  assert.equal(familyOf(null), null);
});

Deno.test("isCompatible() refuses only what is known not to fit", () => {
  assert.ok(isCompatible("SDXL 1.0", "Pony"));
  assert.ok(isCompatible("SD 1.4", "SD 1.5"));
  assert.ok(!isCompatible("SD 1.5", "SDXL 1.0"));
  assert.ok(!isCompatible("Flux.1 D", "Flux.2 D"));
  assert.ok(!isCompatible("Wan Video 1.3B t2v", "Wan Video 14B t2v"));
  assert.ok(!isCompatible("SD 3.5 Large", "SD 3.5 Medium"));
  assert.ok(isCompatible("Something New", "SDXL 1.0"));
  assert.ok(isCompatible(null, "SDXL 1.0"));
});

Deno.test("compatibilityOf() tells the same from the family, and is symmetric", () => {
  assert.equal(compatibilityOf("Pony", "Pony"), "same");
  assert.equal(compatibilityOf("Pony", "Illustrious"), "family");
  assert.equal(compatibilityOf("Pony", null), "unknown");
  assert.equal(compatibilityOf("Other", "Other"), "same");
  const name = fc.oneof(
    fc.constantFrom("SD 1.5", "SDXL 1.0", "Pony", "Wan Video 14B", "Other", "", "sd_v2"),
    fc.string(),
  );
  fc.assert(fc.property(name, name, (a, b) => {
    assert.equal(compatibilityOf(a, b), compatibilityOf(b, a));
  }));
});

Deno.test("guessBaseModel() reads titles of checkpoints", () => {
  assert.equal(guessBaseModel("sd_xl_base_1.0.safetensors [31e35c80fc]"), "SDXL 1.0");
  assert.equal(guessBaseModel("models\\juggernautXL_v9.safetensors"), "SDXL 1.0");
  assert.equal(guessBaseModel("v1-5-pruned-emaonly.safetensors"), "SD 1.5");
  assert.equal(guessBaseModel("ponyDiffusionV6XL"), "Pony");
  assert.equal(guessBaseModel("dreamshaper_8"), null);
});

Deno.test("sdVersionOf() speaks A1111's language", () => {
  assert.equal(sdVersionOf("Illustrious"), "SDXL");
  assert.equal(sdVersionOf("SD 1.4"), "SD1");
  assert.equal(sdVersionOf("Wan Video"), null);
});
