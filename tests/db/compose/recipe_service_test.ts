import assert from "node:assert/strict";
import { ComposeService } from "@/lib/compose/service.ts";
import { RecipeFile } from "@/lib/compose/recipe_file.ts";
import { RecipeService } from "@/lib/compose/recipe_service.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Conflict, Invalid, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import { forEachDatabase } from "@/tests/support/database.ts";
import { addAdapter, addRoot, viewer } from "./fixtures.ts";

const everything = { ...viewer, nsfwMax: 32 };

function makeService(db: Db) {
  const told = { changes: 0 };
  const service = new RecipeService({ db, catalog: { changed: () => void told.changes++ } });
  return { service, told };
}

const activeSet = (db: Db) =>
  db.selectFrom("adapter").select(["name", "weight", "ordinal", "edited_fields"])
    .where("active", "=", true).orderBy("ordinal").execute();

forEachDatabase(
  "RecipeService.create() saves the active set in its order and refuses a taken name",
  async (_t, { db }) => {
    const root = await addRoot(db);
    await addAdapter(db, root, "b.safetensors", { active: true, ordinal: 0, weight: 0.4 });
    await addAdapter(db, root, "a.safetensors", { active: true });
    const { service } = makeService(db);
    const recipe = await service.create({ name: "Rain" }, viewer);
    assert.deepEqual(recipe.items.map(({ stem, weight, status }) => [stem, weight, status]), [
      ["b", 0.4, "present"],
      ["a", 1, "present"],
    ]);
    assert.deepEqual(await service.get(recipe.id, viewer), recipe);
    await assert.rejects(service.create({ name: "Rain" }, viewer), Conflict);
    await assert.rejects(
      service.create({ name: "Other", items: [{ adapter_id: newId() }] }, viewer),
      Invalid,
    );
    assert.deepEqual((await service.list(viewer)).map(({ name }) => name), ["Rain"]);
  },
);

forEachDatabase(
  "RecipeService.update() changes what is given and keeps what the viewer cannot see",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const a = await addAdapter(db, root, "a.safetensors");
    const x = await addAdapter(db, root, "x.safetensors", { nsfw_level: 8 });
    const { service } = makeService(db);
    const { id } = await service.create(
      { name: "Mixed", items: [{ adapter_id: x }, { adapter_id: a }] },
      everything,
    );
    const seen = await service.get(id, viewer);
    assert.deepEqual([seen.items.map(({ stem }) => stem), seen.hidden_items], [["a"], 1]);
    const updated = await service.update(
      id,
      { prefix: "p", items: [{ adapter_id: a, weight: 2 }] },
      viewer,
    );
    assert.deepEqual([updated.name, updated.prefix, updated.items[0]!.weight], ["Mixed", "p", 2]);
    assert.deepEqual((await service.get(id, everything)).items.map(({ stem }) => stem), ["a", "x"]);
    await service.create({ name: "Taken", items: [] }, viewer);
    await assert.rejects(service.update(id, { name: "Taken" }, viewer), Conflict);
    await assert.rejects(service.update(newId(), {}, viewer), NotFound);
  },
);

forEachDatabase(
  "RecipeService.apply() replaces the active set and remembers the weights as edited",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const a = await addAdapter(db, root, "a.safetensors");
    const b = await addAdapter(db, root, "b.safetensors", { weight: 0.7 });
    await addAdapter(db, root, "other.safetensors", { active: true, ordinal: 3 });
    const { service, told } = makeService(db);
    const { id } = await service.create({
      name: "r",
      items: [{ adapter_id: b }, { adapter_id: a, weight: 0.25 }],
    }, viewer);
    const { applied, missing } = await service.apply(id, viewer);
    assert.deepEqual(applied.map(({ name, matched_by }) => [name, matched_by]), [
      ["b", "id"],
      ["a", "id"],
    ]);
    assert.deepEqual(missing, []);
    assert.deepEqual(await activeSet(db), [
      { name: "b", weight: 0.7, ordinal: 0, edited_fields: [] },
      { name: "a", weight: 0.25, ordinal: 1, edited_fields: ["weight"] },
    ]);
    assert.equal(told.changes, 1);
  },
);

forEachDatabase(
  "RecipeService.apply() finds a re-imported file again and reports what is gone",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const sha256 = "a".repeat(64);
    const moved = await addAdapter(db, root, "old.safetensors", {
      hashes: JSON.stringify({ sha256 }),
    });
    const kept = await addAdapter(db, root, "kept.safetensors");
    const gone = await addAdapter(db, root, "gone.safetensors");
    const { service } = makeService(db);
    const items = [moved, kept, gone].map((adapter_id) => ({ adapter_id, weight: 0.5 }));
    const { id } = await service.create({ name: "r", items }, viewer);
    await db.deleteFrom("adapter").execute();
    await assert.rejects(service.apply(id, viewer), Conflict);

    await addAdapter(db, root, "renamed.safetensors", { hashes: JSON.stringify({ sha256 }) });
    await addAdapter(db, root, "sub/kept.safetensors");
    const { applied, missing, recipe } = await service.apply(id, viewer);
    assert.deepEqual(applied.map(({ name, matched_by }) => [name, matched_by]), [
      ["renamed", "sha256"],
      ["kept", "stem"],
    ]);
    assert.deepEqual(missing, [{ name: "gone", stem: "gone", weight: 0.5 }]);
    assert.equal(recipe.items[0]!.status, "not_in_library");

    const { prompt } = await new ComposeService({ db }).compose({ recipe_id: id }, viewer);
    assert.equal(prompt, "<lora:renamed:0.5> <lora:kept:0.5>");
  },
);

forEachDatabase(
  "RecipeService.apply() guesses no LoRA among several of the same stem",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const a = await addAdapter(db, root, "a.safetensors");
    const b = await addAdapter(db, root, "b.safetensors");
    const { service } = makeService(db);
    const { id } = await service.create({
      name: "r",
      items: [{ adapter_id: a }, { adapter_id: b }],
    }, viewer);
    await db.deleteFrom("adapter").where("id", "=", a).execute();
    await addAdapter(db, root, "one/a.safetensors");
    await addAdapter(db, root, "two/a.safetensors");
    const { applied, missing } = await service.apply(id, viewer);
    assert.deepEqual(applied.map(({ name }) => name), ["b"]);
    assert.deepEqual(missing.map(({ stem }) => stem), ["a"]);
  },
);

forEachDatabase(
  "RecipeService.export() and import() carry recipes to another library",
  async (_t, { db }) => {
    const root = await addRoot(db);
    const a = await addAdapter(db, root, "a.safetensors");
    const b = await addAdapter(db, root, "b.safetensors");
    const x = await addAdapter(db, root, "x.safetensors", { nsfw_level: 16 });
    const { service } = makeService(db);
    const items = [a, x, b].map((adapter_id) => ({ adapter_id, weight: 0.8 }));
    const { id } = await service.create({ name: "Rain", prefix: "wet", items }, everything);
    const file = RecipeFile.parse(JSON.parse(JSON.stringify(await service.export(viewer, [id]))));
    assert.deepEqual(file.recipes[0]!.items.map(({ stem }) => stem), ["a", "b"]);

    await db.deleteFrom("adapter").where("id", "=", b).execute();
    const first = await service.import(file, viewer);
    assert.equal(first.recipes[0]!.name, "Rain (2)");
    assert.equal(first.recipes[0]!.renamed_from, "Rain");
    assert.deepEqual(first.recipes[0]!.missing, [{ name: "b", stem: "b", weight: 0.8 }]);
    const imported = await service.get(first.recipes[0]!.id, viewer);
    assert.deepEqual(imported.items.map(({ adapter_id, status }) => [adapter_id, status]), [
      [a, "present"],
      [null, "not_in_library"],
    ]);
    const renamed = { ...file, recipes: [{ ...file.recipes[0]!, name: "Rain (2)" }] };
    assert.deepEqual(await service.import(renamed, viewer), {
      recipes: [],
      unchanged: ["Rain (2)"],
    });
  },
);

forEachDatabase("RecipeService.remove() removes once", async (_t, { db }) => {
  const { service } = makeService(db);
  const { id } = await service.create({ name: "r" }, viewer);
  await service.remove(id);
  await assert.rejects(service.remove(id), NotFound);
  await assert.rejects(service.get(id, viewer), NotFound);
});
