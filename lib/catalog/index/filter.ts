import type { AdapterFilter } from "@/lib/catalog/schema.ts";
import { isCompatible } from "@/lib/shared/base_models.ts";
import type { Bitmap } from "./bitmap.ts";
import type { AdapterTable } from "./table.ts";

/** Facets whose filter offers alternatives: they count without it, so that other values can still be chosen. */
export type FacetGroup =
  | "base_model"
  | "sd_version"
  | "author"
  | "file_status"
  | "collection"
  | "rating"
  | "active"
  | "favorite";

/** A filter taken apart: `always` applies to everything, each group to everything but its own facet. */
export interface FilterParts {
  always: Bitmap;
  groups: Map<FacetGroup, Bitmap>;
}

/** What a filter asks of the columns; its text is the text index's business. */
export type ColumnFilter = Omit<AdapterFilter, "q">;

/**
 * The adapters that may be shown under a content ceiling. Only this function decides about content levels, and
 * every answer of the index starts from it.
 */
export const visibleTo = (table: AdapterTable, nsfwMax: number): Bitmap =>
  table.nsfwRank.between(0, nsfwMax, table.size).and(table.live);

export function filterParts(
  table: AdapterTable,
  filter: ColumnFilter,
  nsfwMax: number,
): FilterParts {
  return {
    always: alwaysOf(table, filter, Math.min(nsfwMax, filter.nsfw_max ?? nsfwMax)),
    groups: groupsOf(table, filter),
  };
}

function alwaysOf(table: AdapterTable, filter: ColumnFilter, nsfwMax: number): Bitmap {
  const { size, tags, baseModel } = table;
  const always = visibleTo(table, nsfwMax);
  if (filter.has_preview !== undefined) {
    always.and(table.hasPreview.equalTo(Number(filter.has_preview), size));
  }
  if (filter.tag.length > 0) always.and(tags.withAll(filter.tag, size));
  if (filter.tag_any.length > 0) always.and(tags.withAny(filter.tag_any, size));
  if (filter.tag_not.length > 0) always.andNot(tags.withAny(filter.tag_not, size));
  if (filter.trained_word.length > 0) {
    always.and(table.trainedWords.withAll(filter.trained_word, size));
  }
  if (filter.compatible_with !== undefined) {
    const unfit = baseModel.dictionary.values.filter((value) =>
      !isCompatible(value, filter.compatible_with)
    );
    always.andNot(baseModel.withAny(unfit, size));
  }
  return always;
}

function groupsOf(table: AdapterTable, filter: ColumnFilter): Map<FacetGroup, Bitmap> {
  const size = table.size;
  const groups = new Map<FacetGroup, Bitmap>();
  const alternatives = {
    base_model: table.baseModel,
    sd_version: table.sdVersion,
    author: table.author,
    file_status: table.fileStatus,
    collection: table.collections,
  } as const;
  for (const [group, column] of Object.entries(alternatives)) {
    const wanted = filter[group as keyof typeof alternatives];
    if (wanted.length > 0) groups.set(group as FacetGroup, column.withAny(wanted, size));
  }
  if (filter.rating_min !== undefined) {
    groups.set("rating", table.rating.between(filter.rating_min, Infinity, size));
  }
  if (filter.active !== undefined) {
    groups.set("active", table.active.equalTo(Number(filter.active), size));
  }
  if (filter.favorite !== undefined) {
    groups.set("favorite", table.favorite.equalTo(Number(filter.favorite), size));
  }
  return groups;
}

/** All parts together, or all but one group. */
export function selectionOf({ always, groups }: FilterParts, except?: FacetGroup): Bitmap {
  const selection = always.clone();
  for (const [group, found] of groups) if (group !== except) selection.and(found);
  return selection;
}
