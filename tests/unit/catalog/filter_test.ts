import assert from "node:assert/strict";
import fc from "fast-check";
import { facetsOf } from "@/lib/catalog/index/facets.ts";
import { filterParts, selectionOf } from "@/lib/catalog/index/filter.ts";
import { AdapterFilter } from "@/lib/catalog/schema.ts";
import { isCompatible } from "@/lib/shared/base_models.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { arbitrarySteps, COLLECTIONS, IDS, live, type Model } from "./rows.ts";

const few = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const tags = few("neon", "rain", "street", "雨", "unheard of");

const filters: fc.Arbitrary<AdapterFilter> = fc.record({
  active: maybe(fc.boolean()),
  favorite: maybe(fc.boolean()),
  has_preview: maybe(fc.boolean()),
  tag: tags,
  tag_any: tags,
  tag_not: tags,
  author: few("mira", "KATO"),
  base_model: few("SDXL 1.0", "pony"),
  sd_version: few("SDXL"),
  compatible_with: maybe(fc.constantFrom("Pony", "SD 1.5")),
  trained_word: few("neon", "STREET"),
  collection: few(...COLLECTIONS),
  file_status: few("present", "changed") as fc.Arbitrary<AdapterFilter["file_status"]>,
  rating_min: maybe(fc.nat(5)),
  nsfw_max: maybe(fc.constantFrom(0, 1, 4, 63)),
});
/** Of all parts most are left out, or nothing would ever be found. */
const filter = fc.tuple(filters, fc.subarray(Object.keys(AdapterFilter.shape), { maxLength: 4 }))
  .map(([full, kept]) => ({
    ...AdapterFilter.parse({}),
    ...Object.fromEntries(Object.entries(full).filter(([name]) => kept.includes(name))),
  }));
const ceiling = fc.constantFrom(0, 1, 2, 4, 16, 63);

const same = (left: string | null, right: string) => left?.toLowerCase() === right.toLowerCase();
const hasAny = (values: (string | null)[], wanted: readonly string[]) =>
  wanted.some((each) => values.some((value) => same(value, each)));

type Entry = Model["rows"] extends Map<string, infer E> ? E : never;

function passes({ row, collections }: Entry, f: AdapterFilter, max: number, except = ""): boolean {
  const alternatives = (group: string, values: (string | null)[], wanted: readonly string[]) =>
    group === except || wanted.length === 0 || hasAny(values, wanted);
  return nsfwRank(row.nsfwLevel) <= Math.min(max, f.nsfw_max ?? max) &&
    (except === "active" || f.active === undefined || row.active === f.active) &&
    (except === "favorite" || f.favorite === undefined || row.favorite === f.favorite) &&
    (f.has_preview === undefined || row.hasPreview === f.has_preview) &&
    f.tag.every((tag) => hasAny(row.tags, [tag])) &&
    (f.tag_any.length === 0 || hasAny(row.tags, f.tag_any)) &&
    !hasAny(row.tags, f.tag_not) &&
    f.trained_word.every((word) => hasAny(row.trainedWords, [word])) &&
    (!f.compatible_with || isCompatible(row.baseModel, f.compatible_with)) &&
    alternatives("author", [row.author], f.author) &&
    alternatives("base_model", [row.baseModel], f.base_model) &&
    alternatives("sd_version", [row.sdVersion], f.sd_version) &&
    alternatives("collection", collections, f.collection) &&
    alternatives("file_status", [row.fileStatus], f.file_status) &&
    (except === "rating" || row.rating >= (f.rating_min ?? 0));
}

Deno.test("selectionOf(filterParts()) equals a plain filter over the rows", () => {
  fc.assert(
    fc.property(arbitrarySteps(IDS), filter, ceiling, (steps, filter, max) => {
      const { table, rows } = live(steps);
      const found = [...selectionOf(filterParts(table, filter, max)).slots()]
        .map((slot) => table.ids[slot]!);
      const expected = [...rows.values()].filter((entry) => passes(entry, filter, max));
      assert.deepEqual(found.sort(), expected.map(({ row }) => row.id).sort());
    }),
    { numRuns: 400 },
  );
});

Deno.test("facetsOf() counts what is left, each group of alternatives without its own part", () => {
  fc.assert(
    fc.property(arbitrarySteps(IDS), filter, ceiling, (steps, filter, max) => {
      const { table, rows } = live(steps);
      const facets = facetsOf(table, filterParts(table, filter, max), max);
      const left = (except?: string) =>
        [...rows.values()].filter((entry) => passes(entry, filter, max, except));
      const counts = (except: string, values: (entry: Entry) => (string | null)[]) => {
        const counted = new Map<string, number>();
        for (const value of left(except).flatMap(values)) {
          if (value) counted.set(value, (counted.get(value) ?? 0) + 1);
        }
        return [...counted].map(([value, count]) => ({ value, count }))
          .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      };
      assert.deepEqual(facets, {
        total: left().length,
        tag: counts("", ({ row }) => row.tags),
        base_model: counts("base_model", ({ row }) => [row.baseModel]),
        sd_version: counts("sd_version", ({ row }) => [row.sdVersion]),
        author: counts("author", ({ row }) => [row.author]),
        file_status: counts("file_status", ({ row }) => [row.fileStatus]),
        collection: counts("collection", ({ collections }) => collections),
        rating: counts("rating", ({ row }) => [String(row.rating)])
          .sort((a, b) => Number(b.value) - Number(a.value)),
        active: left("active").filter(({ row }) => row.active).length,
        favorite: left("favorite").filter(({ row }) => row.favorite).length,
        hidden: [...rows.values()].filter(({ row }) => nsfwRank(row.nsfwLevel) > max).length,
      });
    }),
    { numRuns: 300 },
  );
});
