import type { FacetCount, Facets } from "@/lib/catalog/schema.ts";
import type { Bitmap } from "./bitmap.ts";
import type { CodeColumn, ListColumn } from "./columns.ts";
import { type FacetGroup, type FilterParts, selectionOf, visibleTo } from "./filter.ts";
import type { AdapterTable } from "./table.ts";
import { firstOf } from "./top.ts";

/** Values shown of each facet. */
const MOST_VALUES = 200;

/**
 * Counts every facet over the selection. Tags narrow each other; of the facets that offer alternatives each ignores
 * its own part of the filter.
 *
 * @param nsfwMax The viewer's own ceiling: `hidden` says how much of the whole catalog lies above it, whatever the
 * filter, so that a search never tells whether something hidden would match.
 */
export function facetsOf(table: AdapterTable, parts: FilterParts, nsfwMax: number): Facets {
  const all = selectionOf(parts);
  const slots = all.slots();
  const without = (group: FacetGroup): Bitmap =>
    parts.groups.has(group) ? selectionOf(parts, group) : all;
  const slotsWithout = (group: FacetGroup): Int32Array =>
    parts.groups.has(group) ? without(group).slots() : slots;
  const values = (column: CodeColumn | ListColumn, counted: Int32Array) =>
    frequent(column.dictionary.values, column.counts(counted));
  const flagged = (group: "active" | "favorite") =>
    table[group].equalTo(1, table.size).and(without(group)).count();
  return {
    total: slots.length,
    tag: values(table.tags, slots),
    base_model: values(table.baseModel, slotsWithout("base_model")),
    sd_version: values(table.sdVersion, slotsWithout("sd_version")),
    author: values(table.author, slotsWithout("author")),
    file_status: values(table.fileStatus, slotsWithout("file_status")),
    rating: ratings(table, slotsWithout("rating")),
    collection: values(table.collections, slotsWithout("collection")),
    active: flagged("active"),
    favorite: flagged("favorite"),
    hidden: table.count - visibleTo(table, nsfwMax).count(),
  };
}

function frequent(values: readonly string[], counts: Int32Array): FacetCount[] {
  const codes: number[] = [];
  for (let code = 0; code < counts.length; code++) if (counts[code]! > 0) codes.push(code);
  const byCount = (left: number, right: number) =>
    counts[right]! - counts[left]! || (values[left]! < values[right]! ? -1 : 1);
  return firstOf(codes, MOST_VALUES, byCount)
    .map((code) => ({ value: values[code]!, count: counts[code]! }));
}

/** How many have exactly each rating, best first. */
function ratings(table: AdapterTable, slots: Int32Array): FacetCount[] {
  const counts = new Int32Array(6);
  for (let at = 0; at < slots.length; at++) counts[table.rating.get(slots[at]!)]!++;
  return [5, 4, 3, 2, 1, 0].filter((rating) => counts[rating]! > 0)
    .map((rating) => ({ value: String(rating), count: counts[rating]! }));
}
