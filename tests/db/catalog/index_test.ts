import assert from "node:assert/strict";
import fc from "fast-check";
import { sql } from "kysely";
import { CatalogIndex } from "@/lib/catalog/index/catalog_index.ts";
import { pruneChanges, readChanges, readWatermark } from "@/lib/catalog/index/feed.ts";
import { AdapterFilter, type Sort } from "@/lib/catalog/schema.ts";
import { TestCatalog } from "../../support/catalog.ts";
import { forEachDatabase } from "../../support/database.ts";

const ALL = AdapterFilter.parse({});
const found = async (index: CatalogIndex, filter: Partial<AdapterFilter> = {}) =>
  (await index.ids({ ...ALL, ...filter }, 63)).sort();

forEachDatabase("CatalogIndex sees what was committed before the read", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const { db, index } = test;
  assert.deepEqual(await found(index), []);
  const [first, second] = await test.insert({ name: "neon", tags: ["a"] }, { name: "rain" });
  assert.deepEqual(await found(index), [first, second]);
  await db.updateTable("adapter").set({ tags: ["b"] }).where("id", "=", first!).execute();
  index.changed();
  assert.deepEqual(await found(index, { tag: ["b"] }), [first]);
  assert.deepEqual(await found(index, { tag: ["a"] }), []);
  await db.deleteFrom("adapter").where("id", "=", first!).execute();
  index.changed();
  assert.deepEqual(await found(index), [second]);
});

forEachDatabase("CatalogIndex notices other processes' writes when it polls", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const other = new CatalogIndex({ db: open.db, pollMs: 0 });
  try {
    assert.deepEqual(await found(other), []);
    const ids = await test.insert({ name: "neon" });
    assert.deepEqual(await found(other), ids);
  } finally {
    await other.close();
  }
});

forEachDatabase(
  "CatalogIndex finds descriptions, changed while it was loading too",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const rows = Array.from({ length: 900 }, (_, at) => ({ search_words: `castle number${at}` }));
    const ids = await test.insert(...rows);
    const { db, index } = test;
    await index.load();
    for (
      const [at, words] of [[0, "lighthouse"], [450, "lighthouse"], [899, "lighthouse"]] as const
    ) {
      await db.updateTable("adapter").set({ search_words: words }).where("id", "=", ids[at]!)
        .execute();
      index.changed();
      await index.page({ ...ALL, limit: 1 }, 63);
    }
    assert.deepEqual(await found(index, { q: "lighthouse" }), [ids[0], ids[450], ids[899]].sort());
    assert.equal((await found(index, { q: "castle" })).length, 897);
    await index.searchable();
  },
);

forEachDatabase(
  "CatalogIndex: keeping up equals loading anew, whatever happens",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { db, index } = test;
    const change = fc.record({
      what: fc.constantFrom("insert", "update", "delete"),
      pick: fc.nat(1000),
      name: fc.constantFrom("neon", "Neon 2", "rain", "castle"),
      rating: fc.nat(5),
      words: fc.constantFrom("", "street lights", "castle"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        for (const { what, pick, name, rating, words } of changes) {
          const ids = await found(index);
          const id = ids[pick % ids.length];
          if (what === "insert" || !id) await test.insert({ name, rating, search_words: words });
          else if (what === "delete") await db.deleteFrom("adapter").where("id", "=", id).execute();
          else {
            await db.updateTable("adapter").set({ name, rating, search_words: words })
              .where("id", "=", id).execute();
          }
          index.changed();
        }
        const fresh = new CatalogIndex({ db, pollMs: Infinity });
        try {
          for (const sort of ["name", "rating", "added"] satisfies Sort[]) {
            assert.deepEqual(
              await index.ids({ ...ALL, sort }, 63),
              await fresh.ids({ ...ALL, sort }, 63),
            );
          }
          for (const q of ["castle", "neon", "stret"]) {
            assert.deepEqual(
              await index.ids({ ...ALL, q }, 63),
              await fresh.ids({ ...ALL, q }, 63),
            );
          }
          assert.deepEqual(await index.facets(ALL, 63), await fresh.facets(ALL, 63));
        } finally {
          await fresh.close();
        }
      }),
      { numRuns: 15 },
    );
  },
);

forEachDatabase("CatalogIndex.close() ends a load that has just begun", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  await test.insert(...Array.from({ length: 600 }, () => ({})));
  const index = new CatalogIndex({ db: open.db, pollMs: Infinity });
  const loading = index.load().catch((error) => error);
  await index.close();
  await loading;
});

forEachDatabase("CatalogIndex.load() can be tried again after a failure", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const [id] = await test.insert({});
  await sql`alter table adapter rename column usage_count to away`.execute(open.db);
  await assert.rejects(test.index.load());
  await sql`alter table adapter rename column away to usage_count`.execute(open.db);
  assert.deepEqual(await found(test.index), [id]);
});

forEachDatabase("CatalogIndex reads descriptions again after a failure", async (_t, open) => {
  await using test = await TestCatalog.open(open);
  const [id] = await test.insert({ search_words: "lantern" });
  await sql`alter table adapter rename column search_words to away`.execute(open.db);
  await test.index.load();
  await assert.rejects(found(test.index, { q: "lantern" }));
  await sql`alter table adapter rename column away to search_words`.execute(open.db);
  assert.deepEqual(await found(test.index, { q: "lantern" }), [id]);
});

forEachDatabase("readChanges() never skips a transaction that commits late", async (_t, open) => {
  if (open.dialect === "pglite") return; // One connection: transactions come one after the other.
  await using test = await TestCatalog.open(open);
  const { db } = open;
  const [late] = await test.insert({});
  let watermark = await readWatermark(db);
  const began = Promise.withResolvers<void>();
  const mayCommit = Promise.withResolvers<void>();
  const slow = db.transaction().execute(async (tx) => {
    await tx.updateTable("adapter").set({ rating: 1 }).where("id", "=", late!).execute();
    began.resolve();
    await mayCommit.promise;
  });
  await began.promise;
  const [early] = await test.insert({});
  const before = await readChanges(db, watermark);
  assert.ok(before.ids.includes(early!));
  watermark = before.watermark;
  mayCommit.resolve();
  await slow;
  assert.ok((await readChanges(db, watermark)).ids.includes(late!));
});

forEachDatabase(
  "pruneChanges() tells those who have missed something, and nobody else",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { db } = open;
    const age = () => sql`update catalog_change set at = at - interval '2 hours'`.execute(db);
    await test.insert({});
    const behind = await readWatermark(db);
    await test.insert({});
    await test.insert({});
    const current = await readWatermark(db);
    await age();
    await pruneChanges(db);
    const { rows: [left] } = await sql<{ left: string }>`
    select count(*)::text as left from catalog_change`.execute(db);
    assert.equal(left!.left, "1");
    assert.equal((await readChanges(db, behind)).missed, true);
    assert.equal((await readChanges(db, current)).missed, false);
    const [fresh] = await test.insert({});
    const changes = await readChanges(db, current);
    assert.deepEqual({ ids: changes.ids, missed: changes.missed }, { ids: [fresh], missed: false });
  },
);

forEachDatabase(
  "CatalogIndex reads the catalog anew if changes were pruned before it saw them",
  async (_t, open) => {
    await using test = await TestCatalog.open(open);
    const { db, index } = test;
    await found(index);
    for (const name of ["a", "b", "c"]) {
      await db.insertInto("adapter").values({
        id: crypto.randomUUID(),
        root_id: test.root.id,
        file_path: `${name}.safetensors`,
        name,
      }).execute();
    }
    await sql`update catalog_change set at = at - interval '2 hours'`.execute(db);
    await pruneChanges(db);
    index.changed();
    assert.equal((await found(index)).length, 3);
  },
);
