import assert from "node:assert/strict";
import fc from "fast-check";
import { visibleTo } from "@/lib/catalog/index/filter.ts";
import { type IndexPage, pageOf } from "@/lib/catalog/index/page.ts";
import type { IndexRow } from "@/lib/catalog/index/rows.ts";
import { defaultDirection, type StaticSort } from "@/lib/catalog/index/sort.ts";
import { downloadCount, nameKey } from "@/lib/catalog/index/table.ts";
import { type Sort, SORTS } from "@/lib/catalog/schema.ts";
import { arbitrarySteps, IDS, live, type Model } from "./rows.ts";

const sorts = fc.constantFrom(...SORTS);
const direction = fc.constantFrom("asc" as const, "desc" as const);

const VALUES: Record<StaticSort, (row: IndexRow) => number | null> = {
  name: () => null,
  active: (row) => row.active ? row.ordinal ?? 1e9 : 2e9,
  added: (row) => row.created,
  published: (row) => row.published,
  updated: (row) => row.updated,
  size: (row) => row.fileSize,
  rating: (row) => row.rating,
  downloads: (row) => downloadCount(row.downloads),
  usage: (row) => row.usage,
  last_used: (row) => row.lastUsed,
};

/** The ids as the contract says: by value, none last, then by name, then by id. */
function sorted({ rows }: Model, sort: Sort, order: "asc" | "desc"): string[] {
  const by = sort === "relevance" ? "name" : sort;
  const sign = order === "asc" ? 1 : -1;
  const names = by === "name" ? sign : 1;
  const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...rows.values()].map(({ row }) => row).sort((a, b) => {
    const [left, right] = [VALUES[by](a), VALUES[by](b)];
    const byValue = left === right
      ? 0
      : left === null
      ? 1
      : right === null
      ? -1
      : sign * (left - right);
    return byValue || names * compare(nameKey(a.name), nameKey(b.name)) || compare(a.id, b.id);
  }).map(({ id }) => id);
}

function* pages(model: Model, request: { sort: Sort; order: "asc" | "desc"; limit: number }) {
  const all = visibleTo(model.table, Infinity);
  let cursor: string | null = null;
  do {
    const page = pageOf(model.table, model.orders, all, null, {
      ...request,
      ...(cursor === null ? {} : { cursor }),
    });
    yield page;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

Deno.test("pageOf(): cursors lead through every row exactly once, in order, under each sort", () => {
  fc.assert(
    fc.property(
      arbitrarySteps(IDS),
      sorts,
      direction,
      fc.integer({ min: 1, max: 7 }),
      (steps, sort, order, limit) => {
        // Built before the first row comes, so that every step is an update.
        const model = live(steps, ({ orders }) => {
          if (sort !== "relevance") orders.get(sort, order);
        });
        const found = [...pages(model, { sort, order, limit })];
        assert.deepEqual(found.flatMap(({ ids }) => ids), sorted(model, sort, order));
        for (const { total } of found) assert.equal(total, model.rows.size);
      },
    ),
    { numRuns: 400 },
  );
});

Deno.test("pageOf(): an order built at the end equals one that was kept current", () => {
  fc.assert(fc.property(arbitrarySteps(IDS), sorts, direction, (steps, sort, order) => {
    const model = live(steps);
    const page = [...pages(model, { sort, order, limit: 100 })][0]!;
    assert.deepEqual(page.ids, sorted(model, sort, order));
  }));
});

Deno.test("pageOf(): offsets reach the same rows as cursors", () => {
  fc.assert(fc.property(arbitrarySteps(IDS), fc.nat(50), (steps, offset) => {
    const model = live(steps);
    const all = visibleTo(model.table, Infinity);
    const { ids } = pageOf(model.table, model.orders, all, null, { limit: 5, offset });
    assert.deepEqual(ids, sorted(model, "name", "asc").slice(offset, offset + 5));
  }));
});

Deno.test("pageOf(): a cursor still leads on after the row it was made from has gone", () => {
  fc.assert(fc.property(arbitrarySteps(IDS), sorts, fc.nat(10), (steps, sort, at) => {
    const model = live(steps);
    const order = defaultDirection(sort);
    const before = sorted(model, sort, order);
    const all = visibleTo(model.table, Infinity);
    const request = { sort, order, limit: at + 1 };
    const first = pageOf(model.table, model.orders, all, null, request);
    if (first.next_cursor === null) return;
    const gone = model.table.remove(first.ids.at(-1)!)!;
    model.orders.update([gone]);
    const next = pageOf(model.table, model.orders, visibleTo(model.table, Infinity), null, {
      ...request,
      limit: 100,
      cursor: first.next_cursor,
    });
    assert.deepEqual(next.ids, before.slice(at + 1));
  }));
});

Deno.test("pageOf(): by relevance the best come first, equals by name, and cursors lead through all", () => {
  const scores = fc.array(fc.constantFrom(0.5, 1, 1.25, 7), { minLength: 40, maxLength: 40 });
  fc.assert(fc.property(
    arbitrarySteps(IDS),
    scores,
    direction,
    fc.integer({ min: 1, max: 7 }),
    (steps, given, order, limit) => {
      const model = live(steps);
      const { table, orders } = model;
      const scores = Float32Array.from(given);
      const all = visibleTo(table, Infinity);
      const byName = sorted(model, "name", "asc");
      const sign = order === "desc" ? -1 : 1;
      const scoreOf = (id: string) => scores[table.slotOf(id)!]!;
      const expected = byName.toSorted((a, b) => sign * (scoreOf(a) - scoreOf(b)));
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: IndexPage = pageOf(table, orders, all, scores, {
          sort: "relevance",
          order,
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        found.push(...page.ids);
        cursor = page.next_cursor;
      } while (cursor !== null);
      assert.deepEqual(found, expected);
    },
  ));
});

Deno.test("nameKey() orders numbers in names by size and ignores case and accents", () => {
  const names = ["Neon v10", "neon v2", "Ünder", "under", "Neon v02b", "zebra 1", "Neon"];
  const byKey = names.toSorted((a, b) =>
    nameKey(a) < nameKey(b) ? -1 : nameKey(a) > nameKey(b) ? 1 : 0
  );
  assert.deepEqual(byKey, [
    "Neon",
    "neon v2",
    "Neon v02b",
    "Neon v10",
    "Ünder",
    "under",
    "zebra 1",
  ]);
});
