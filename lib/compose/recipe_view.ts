import type { Db, FileStatus, RecipeItem, TriggerMode } from "@/lib/db/schema.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { composableAdapters, type ComposableRow } from "./adapters_repository.ts";
import type { Recipe } from "./recipes_repository.ts";

export interface RecipeItemView extends RecipeItem {
  /** The file's state, or that no adapter of this id is left. */
  status: FileStatus | "not_in_library";
}

/** A recipe as the API answers it. */
export interface RecipeView {
  id: string;
  name: string;
  description: string;
  prefix: string;
  suffix: string;
  triggers: TriggerMode;
  items: RecipeItemView[];
  /** Items left out because the viewer's content level hides them. */
  hidden_items: number;
  created_at: string;
  updated_at: string;
}

const EVERYTHING = 63;

/** @param nsfwMax The viewer's ceiling. */
export async function viewRecipes(
  db: Db,
  recipes: readonly Recipe[],
  nsfwMax: number,
): Promise<RecipeView[]> {
  const ids = recipes.flatMap(({ items }) => items.flatMap(({ adapter_id }) => adapter_id ?? []));
  const rows = await composableAdapters(db, EVERYTHING).byIds([...new Set(ids)]);
  return recipes.map(({ items, ...recipe }) => {
    const shown = items.filter((item) => !isHidden(item, rows, nsfwMax));
    return {
      ...recipe,
      items: shown.map((item) => ({
        ...item,
        status: rows.get(item.adapter_id ?? "")?.file_status ?? "not_in_library" as const,
      })),
      hidden_items: items.length - shown.length,
      created_at: recipe.created_at.toISOString(),
      updated_at: recipe.updated_at.toISOString(),
    };
  });
}

/** Parts a recipe's items into those the viewer may know of and the others. */
export async function splitByLevel(
  db: Db,
  items: readonly RecipeItem[],
  nsfwMax: number,
): Promise<{ shown: RecipeItem[]; hidden: RecipeItem[] }> {
  const ids = items.flatMap(({ adapter_id }) => adapter_id ?? []);
  const rows = await composableAdapters(db, EVERYTHING).byIds(ids);
  const hidden = items.filter((item) => isHidden(item, rows, nsfwMax));
  return { shown: items.filter((item) => !hidden.includes(item)), hidden };
}

function isHidden(item: RecipeItem, rows: Map<string, ComposableRow>, nsfwMax: number): boolean {
  const row = item.adapter_id ? rows.get(item.adapter_id) : undefined;
  return row !== undefined && nsfwRank(row.nsfw_level) > nsfwMax;
}
