import assert from "node:assert/strict";
import { ComposeService } from "@/lib/compose/service.ts";
import { Invalid, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import { forEachDatabase } from "@/tests/support/database.ts";
import { addAdapter, addRoot, viewer } from "./fixtures.ts";

forEachDatabase(
  "ComposeService.compose() writes the active set, ordinal first",
  async (_t, { db }) => {
    const root = await addRoot(db);
    await addAdapter(db, root, "b.safetensors", { active: true });
    await addAdapter(db, root, "a.safetensors", { active: true, weight: 0.755 });
    await addAdapter(db, root, "z.safetensors", { active: true, ordinal: 0 });
    await addAdapter(db, root, "idle.safetensors");
    const { prompt, tokens } = await new ComposeService({ db }).compose(
      { prefix: "p", suffix: "s" },
      viewer,
    );
    assert.equal(prompt, "p <lora:z:1> <lora:a:0.755> <lora:b:1> s");
    assert.deepEqual(tokens, ["<lora:z:1>", "<lora:a:0.755>", "<lora:b:1>"]);
  },
);

forEachDatabase(
  "ComposeService.compose() takes ids in their order, with other weights",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const a = await addAdapter(db, root, "style/neon.v2.safetensors", { weight: 0.5 });
    const b = await addAdapter(db, root, "雨.safetensors", {
      trained_words: ["rainy street"],
      file_status: "missing",
    });
    const composed = await new ComposeService({ db }).compose(
      { adapter_ids: [b, a], weights: { [b]: 0.33333 }, triggers: "all" },
      viewer,
    );
    assert.equal(composed.prompt, "<lora:雨:0.333> <lora:neon.v2:0.5> rainy street");
    assert.deepEqual(composed.items.map(({ id }) => id), [b, a]);
    assert.deepEqual(composed.warnings.map(({ code, adapter_id }) => [code, adapter_id]), [
      ["file_missing", b],
      ["server_dependent_name", a],
    ]);
  },
);

forEachDatabase(
  "ComposeService.compose() names every unknown adapter, and treats hidden ones alike",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const ok = await addAdapter(db, root, "ok.safetensors", { nsfw_level: 5 });
    const hidden = await addAdapter(db, root, "hidden.safetensors", {
      nsfw_level: 8,
      active: true,
    });
    const service = new ComposeService({ db });
    await assert.rejects(
      service.compose({ adapter_ids: [newId(), ok, hidden] }, viewer),
      (error: unknown) => {
        assert.ok(error instanceof Invalid);
        assert.deepEqual(error.issues.map(({ path }) => path), ["adapter_ids.0", "adapter_ids.2"]);
        return true;
      },
    );
    assert.equal((await service.compose({}, viewer)).prompt, "");
    assert.equal((await service.compose({}, { ...viewer, nsfwMax: 8 })).prompt, "<lora:hidden:1>");
  },
);

forEachDatabase(
  "ComposeService.compose() warns if another file has the same stem",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const twin = await addAdapter(db, root, "a/neon.v1.safetensors");
    await addAdapter(db, root, "b/neon.v1.pt");
    const single = await addAdapter(db, root, "b/neon.safetensors");
    const { warnings } = await new ComposeService({ db }).compose(
      { adapter_ids: [twin, single] },
      viewer,
    );
    assert.deepEqual(
      warnings.filter(({ code }) => code === "ambiguous_stem").map(({ adapter_id }) => adapter_id),
      [twin],
    );
  },
);

forEachDatabase(
  "ComposeService.compose() refuses deliveries and unknown recipes",
  async (_t, { db }) => {
    const service = new ComposeService({ db });
    await assert.rejects(service.compose({ delivery: { mode: "http" } }, viewer), Invalid);
    await assert.rejects(service.compose({ recipe_id: newId() }, viewer), NotFound);
  },
);
