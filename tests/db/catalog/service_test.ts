import assert from "node:assert/strict";
import { join } from "node:path";
import { AdapterQuery, BulkRequest } from "@/lib/catalog/schema.ts";
import { Conflict, Invalid, NotFound, PreconditionFailed } from "@/lib/errors.ts";
import { safetensors, TestCatalog, viewer } from "../../support/catalog.ts";
import { forEachDatabase } from "../../support/database.ts";

const me = viewer();
const ALL = AdapterQuery.parse({});

forEachDatabase(
  "CatalogService.create() registers a file and keeps what the user gave",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const file_path = await test.file("neon_v2.safetensors");
    const created = await catalog.create({
      name: "Neon",
      file_path,
      tags: ["city", "city", "night"],
      description: '<p>Bright<script>alert(1)</script> <img src="http://x/y.png"></p>',
      weight: 0.8,
    }, me);
    assert.equal(created.file_path, file_path);
    assert.equal(created.token, "<lora:neon_v2:0.8>");
    assert.deepEqual(created.tags, ["city", "night"]);
    assert.equal(created.file_size, safetensors().length);
    assert.equal(created.file_format, "safetensors");
    assert.doesNotMatch(created.description!, /script|img|alert/);
    assert.deepEqual(created.edited_fields.toSorted(), ["description", "name", "tags", "weight"]);
    assert.match(created.created_at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(await catalog.get(created.id, me), created);
    assert.deepEqual((await catalog.list({ ...ALL, q: "bright" }, me)).items, [created]);
  },
);

forEachDatabase(
  "CatalogService.create() refuses what is no model file inside a root",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const outside = await Deno.makeTempFile({ suffix: ".safetensors" });
    const link = join(test.root.path, "link.safetensors");
    await Deno.symlink(outside, link);
    const text = await test.file("notes.safetensors", new TextEncoder().encode("just some notes"));
    const absent = join(test.root.path, "absent.safetensors");
    const climbing = `${test.root.path}/../${outside.split("/").at(-1)}`;
    for (
      const file_path of [
        outside,
        link,
        text,
        absent,
        climbing,
        "relative.safetensors",
        test.root.path,
      ]
    ) {
      await assert.rejects(catalog.create({ name: "x", file_path }, me), (error) => {
        assert.ok(error instanceof Invalid, String(error));
        assert.equal(error.issues[0]!.path, "file_path");
        return true;
      }, file_path);
    }
    assert.equal((await catalog.list(ALL, me)).total, 0);
    await Deno.remove(outside);
  },
);

forEachDatabase(
  "CatalogService.create() refuses a file, or a name and version, that is taken",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const first = await test.file("a.safetensors");
    const second = await test.file("b.safetensors");
    await catalog.create({ name: "Neon", version: "1", file_path: first }, me);
    await assert.rejects(catalog.create({ name: "Other", file_path: first }, me), Conflict);
    await assert.rejects(
      catalog.create({ name: "Neon", version: "1", file_path: second }, me),
      Conflict,
    );
    await catalog.create({ name: "Neon", version: "2", file_path: second }, me);
  },
);

forEachDatabase(
  "CatalogService.create(): of simultaneous requests for one name one succeeds",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const files = await Promise.all(
      ["a", "b", "c"].map((name) => test.file(`${name}.safetensors`)),
    );
    const outcomes = await Promise.allSettled(
      files.map((file_path) => test.catalog.create({ name: "Neon", file_path }, me)),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), [
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  },
);

forEachDatabase("CatalogService.update() marks what it sets as edited, once", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const { catalog } = test;
  const [id] = await test.insert({ name: "Neon", edited_fields: ["notes"] });
  await catalog.update(id!, { rating: 4, trigger_sets: [{ name: "a", text: "b\0" }] }, me);
  const updated = await catalog.update(id!, { rating: 5, active: true, ordinal: 2 }, me);
  assert.deepEqual(updated.edited_fields, ["notes", "rating", "trigger_sets"]);
  assert.deepEqual(updated.trigger_sets, [{ name: "a", text: "b" }]);
  assert.equal(updated.rating, 5);
  assert.equal(updated.active, true);
  const same = await catalog.update(id!, {}, me);
  assert.deepEqual(same, updated);
});

forEachDatabase(
  "CatalogService.update() refuses a lost update and a name that is taken",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const [id] = await test.insert({ name: "Neon" }, { name: "Rain" });
    const tag = catalog.etag(await catalog.get(id!, me));
    const matches = (etag: string) => etag === tag;
    await catalog.update(id!, { notes: "first" }, me, matches);
    await assert.rejects(catalog.update(id!, { notes: "second" }, me, matches), PreconditionFailed);
    await assert.rejects(catalog.update(id!, { name: "Rain" }, me), Conflict);
    assert.equal((await catalog.get(id!, me)).notes, "first");
  },
);

forEachDatabase(
  "CatalogService.activate() and deactivate() change nothing the second time",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const [id] = await test.insert({ name: "Neon" });
    const once = await catalog.activate(id!, 3, me);
    assert.deepEqual([once.active, once.ordinal], [true, 3]);
    assert.deepEqual(await catalog.activate(id!, 3, me), once);
    assert.deepEqual(await catalog.activate(id!, undefined, me), once);
    assert.equal((await catalog.activate(id!, null, me)).ordinal, null);
    const off = await catalog.deactivate(id!, me);
    assert.deepEqual([off.active, off.ordinal], [false, null]);
    assert.deepEqual(await catalog.deactivate(id!, me), off);
  },
);

forEachDatabase(
  "CatalogService.activeSet() goes by ordinal, then name; reorder() decides it",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog } = test;
    const [a, b, c, off] = await test.insert(
      { name: "a", active: true },
      { name: "b", active: true, ordinal: 7 },
      { name: "c 10", active: true },
      { name: "d" },
    );
    const ids = async () => (await catalog.activeSet(me)).map(({ id }) => id);
    assert.deepEqual(await ids(), [b, a, c]);
    await catalog.reorder([c!, off!, a!, b!], me);
    assert.deepEqual(await ids(), [c, a, b]);
    const { items } = await catalog.cards({ ...ALL, sort: "active" }, me);
    assert.deepEqual(items.map(({ id }) => id), [c, a, b, off]);
  },
);

forEachDatabase(
  "CatalogService.bulk() applies each action and tells what became of each id",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { catalog, collections } = test;
    const full = Array.from({ length: 200 }, (_, at) => `tag ${at}`);
    const [a, b, crowded] = await test.insert({ tags: ["x", "y"] }, {}, { tags: full });
    const unknown = crypto.randomUUID();
    const collection = await collections.create({ name: "Best" });
    const bulk = (action: Record<string, unknown>, ids = [a!, b!, unknown]) =>
      catalog.bulk(BulkRequest.parse({ ...action, ids }), me);
    const get = (id: string | undefined) => catalog.get(id!, me);

    assert.deepEqual(await bulk({ action: "activate" }), {
      updated: 2,
      not_found: [unknown],
      errors: [],
    });
    assert.equal((await catalog.activeSet(me)).length, 2);
    await bulk({ action: "deactivate" });
    await bulk({ action: "favorite" });
    await bulk({ action: "weight", weight: 0.25 });
    await bulk({ action: "collect", collection_id: collection.id });
    const tagged = await bulk({ action: "tag", tags: ["y", "z", "z"] }, [a!, b!, crowded!]);
    assert.equal(tagged.updated, 2);
    assert.deepEqual(tagged.errors.map(({ id }) => id), [crowded]);
    await bulk({ action: "untag", tags: ["x"] });

    const adapter = await get(a);
    assert.deepEqual(adapter.tags, ["y", "z"]);
    assert.deepEqual([adapter.active, adapter.is_favorite, adapter.weight], [false, true, 0.25]);
    assert.deepEqual(adapter.collections, [{ id: collection.id, name: "Best" }]);
    assert.deepEqual(adapter.edited_fields, ["is_favorite", "weight", "tags"]);
    assert.equal((await collections.get(collection.id, me)).adapters, 2);
    assert.equal((await catalog.list({ ...ALL, collection: [collection.id] }, me)).total, 2);

    await bulk({ action: "uncollect", collection_id: collection.id }, [a!]);
    assert.equal((await collections.get(collection.id, me)).adapters, 1);
    await assert.rejects(bulk({ action: "collect", collection_id: unknown }), NotFound);
    assert.equal((await bulk({ action: "delete" })).updated, 2);
    await assert.rejects(get(a), NotFound);
    assert.equal((await collections.list(me))[0]!.adapters, 0);
  },
);

forEachDatabase("CatalogService.remove() leaves the file alone", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const path = await test.file("a.safetensors");
  const { id } = await test.catalog.create({ name: "a", file_path: path }, me);
  await test.catalog.remove(id, me);
  assert.ok((await Deno.stat(path)).isFile);
  await assert.rejects(test.catalog.remove(id, me), NotFound);
});

forEachDatabase(
  "CatalogService.duplicates() groups by hash, by name and version, and by stem",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const hashes = JSON.stringify({ sha256: "ab".repeat(32) });
    const [a, b, c, d, e] = await test.insert(
      { name: "one", hashes },
      { name: "two", hashes },
      { name: "three", version: "1" },
      { name: "three", version: "1", file_path: "x/same.safetensors" },
      { name: "four", file_path: "y/same.pt" },
      { name: "three", version: "2" },
    );
    const groups = await test.catalog.duplicates(me);
    assert.deepEqual(
      groups.map(({ reason, value, items }) => ({ reason, value, ids: items.map(({ id }) => id) })),
      [
        { reason: "sha256", value: "ab".repeat(32), ids: [a, b] },
        { reason: "name_version", value: "three 1", ids: [c, d] },
        { reason: "stem", value: "same", ids: [d, e] },
      ],
    );
  },
);

forEachDatabase(
  "CatalogService.exportRows() yields the whole selection in order",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const rows = Array.from({ length: 450 }, (_, at) => ({
      name: `n ${at}`,
      tags: at % 2 ? ["odd"] : [],
    }));
    await test.insert(...rows);
    const names: string[] = [];
    for await (const { name } of test.catalog.exportRows({ ...ALL, tag: ["odd"] }, me)) {
      names.push(name);
    }
    assert.deepEqual(names, Array.from({ length: 225 }, (_, at) => `n ${at * 2 + 1}`));
  },
);

forEachDatabase(
  "CatalogService.verify() queues one job for a key, and one while it waits",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const [id] = await test.insert({});
    const { jobId } = await test.catalog.verify(id!, me);
    assert.equal((await test.jobs.get(jobId)).kind, "verify");
    assert.deepEqual(await test.catalog.verify(id!, me), { jobId });
    const repeatable = { key: "k", scope: "here" };
    const first = await test.catalog.verify(id!, me, repeatable);
    await test.jobs.cancel(first.jobId);
    assert.deepEqual(await test.catalog.verify(id!, me, repeatable), first);
    await assert.rejects(test.catalog.verify(crypto.randomUUID(), me), NotFound);
  },
);

forEachDatabase(
  "Collections refuse a name that is taken, and go without their adapters",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { collections, catalog } = test;
    const [id] = await test.insert({});
    const best = await collections.create({ name: "Best", description: "of all" });
    const other = await collections.create({ name: "Other" });
    await assert.rejects(collections.create({ name: "Best" }), Conflict);
    await assert.rejects(collections.update(other.id, { name: "Best" }, me), Conflict);
    assert.equal((await collections.update(best.id, { name: "Best" }, me)).description, "of all");
    await catalog.bulk({ action: "collect", collection_id: best.id, ids: [id!] }, me);
    assert.deepEqual((await catalog.facets(ALL, me)).collection, [{ value: best.id, count: 1 }]);
    await collections.remove(best.id);
    assert.deepEqual((await catalog.facets(ALL, me)).collection, []);
    assert.deepEqual((await catalog.get(id!, me)).collections, []);
    await assert.rejects(collections.get(best.id, me), NotFound);
  },
);
