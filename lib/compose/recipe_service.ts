import type { Viewer } from "@/lib/access/viewer.ts";
import type { Db, RecipeItem, Tx } from "@/lib/db/schema.ts";
import { Conflict, Invalid, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import { orderActive, stemOf } from "@/lib/shared/prompt/mod.ts";
import { composableAdapters, type ComposableRow, replaceActiveSet } from "./adapters_repository.ts";
import { type Match, matchItems } from "./match.ts";
import { type RecipeFile, type RecipeInFile, toRecipeFile } from "./recipe_file.ts";
import { type RecipeView, splitByLevel, viewRecipes } from "./recipe_view.ts";
import { type Recipe, recipes, type RecipeValues } from "./recipes_repository.ts";
import type { CreateRecipe, UpdateRecipe } from "./schema.ts";

/** An item that an import or an application could not find an adapter for. */
export type UnmatchedItem = Pick<RecipeItem, "name" | "stem" | "weight">;

export interface AppliedRecipe {
  recipe: RecipeView;
  /** The new active set, in order. */
  applied: {
    id: string;
    name: string;
    weight: number;
    matched_by: Match<RecipeItem>["matched_by"];
  }[];
  missing: UnmatchedItem[];
}

export interface ImportedRecipes {
  recipes: { id: string; name: string; renamed_from?: string; missing: UnmatchedItem[] }[];
  /** Names of recipes that were here already, equal in every field. */
  unchanged: string[];
}

export interface RecipeDeps {
  db: Db;
  /** Told after a commit that changed the active set, so that lists show it at once. */
  catalog: { changed(): void };
}

/** Named combinations of LoRAs that can be put back, shared and merged in from elsewhere. */
export class RecipeService {
  readonly #db: Db;
  readonly #catalog: RecipeDeps["catalog"];

  constructor({ db, catalog }: RecipeDeps) {
    this.#db = db;
    this.#catalog = catalog;
  }

  async list(viewer: Viewer): Promise<RecipeView[]> {
    return await viewRecipes(this.#db, await recipes(this.#db).list(), viewer.nsfwMax);
  }

  /** @throws {NotFound} */
  async get(id: string, viewer: Viewer): Promise<RecipeView> {
    return await view(this.#db, await find(this.#db, id), viewer);
  }

  /**
   * Saves the given items, or the active set if there are none.
   *
   * @throws {Conflict} If the name is taken.
   * @throws {Invalid} If an adapter is unknown.
   */
  async create(fields: CreateRecipe, viewer: Viewer): Promise<RecipeView> {
    return await this.#db.transaction().execute(async (tx) => {
      const values: RecipeValues = {
        name: fields.name,
        description: fields.description ?? "",
        prefix: fields.prefix ?? "",
        suffix: fields.suffix ?? "",
        triggers: fields.triggers ?? "none",
        items: fields.items
          ? await itemsOf(tx, fields.items, viewer)
          : await activeItems(tx, viewer),
      };
      const recipe = await recipes(tx).insert(newId(), values);
      if (!recipe) throw new Conflict(`A recipe called "${fields.name}" already exists`);
      return await view(tx, recipe, viewer);
    });
  }

  /**
   * Changes what is given. New `items` replace what the viewer sees; items hidden from them stay, at the end.
   *
   * @throws {NotFound}
   * @throws {Conflict} If the name is taken.
   * @throws {Invalid} If an adapter is unknown.
   */
  async update(
    id: string,
    { items, ...fields }: UpdateRecipe,
    viewer: Viewer,
  ): Promise<RecipeView> {
    return await this.#db.transaction().execute(async (tx) => {
      const recipe = await find(tx, id);
      if (fields.name !== undefined && await recipes(tx).nameTaken(fields.name, id)) {
        throw new Conflict(`A recipe called "${fields.name}" already exists`);
      }
      const changed = items && [
        ...await itemsOf(tx, items, viewer),
        ...(await splitByLevel(tx, recipe.items, viewer.nsfwMax)).hidden,
      ];
      const updated = await recipes(tx).update(id, {
        ...fields,
        ...(changed ? { items: changed } : {}),
      });
      return await view(tx, updated!, viewer);
    });
  }

  /** @throws {NotFound} */
  async remove(id: string): Promise<void> {
    if (!await recipes(this.#db).remove(id)) throw new NotFound("recipe", id);
  }

  /**
   * Makes the recipe the active set: its adapters in its order with its weights, everything else inactive. What cannot be found
   * is reported and left out.
   *
   * @throws {NotFound}
   * @throws {Conflict} If not one of its adapters is left; the active set stays as it was.
   */
  async apply(id: string, viewer: Viewer): Promise<AppliedRecipe> {
    const result = await this.#db.transaction().execute(async (tx) => {
      const recipe = await find(tx, id);
      const { shown } = await splitByLevel(tx, recipe.items, viewer.nsfwMax);
      const matches = distinct(await matchItems(tx, shown, viewer.nsfwMax));
      const found = matches.filter(hasRow);
      if (found.length === 0 && recipe.items.length > 0) {
        throw new Conflict(`Cannot apply "${recipe.name}": none of its LoRAs is in the library`);
      }
      await replaceActiveSet(
        tx,
        found.map(({ item, row }) => ({ id: row.id, weight: item.weight })),
      );
      return {
        recipe: await view(tx, recipe, viewer),
        applied: found.map(({ item, row, matched_by }) => ({
          id: row.id,
          name: row.name,
          weight: item.weight,
          matched_by,
        })),
        missing: matches.filter(({ row }) => !row).map(({ item }) => unmatched(item)),
      };
    });
    this.#catalog.changed();
    return result;
  }

  /**
   * The given recipes, or all of them, without anything the viewer may not see.
   *
   * @throws {NotFound} If one is unknown.
   */
  async export(viewer: Viewer, ids?: readonly string[]): Promise<RecipeFile> {
    const all = ids
      ? await Promise.all(ids.map((id) => find(this.#db, id)))
      : await recipes(this.#db).list();
    const shown = await Promise.all(all.map(async (recipe) => ({
      ...recipe,
      items: (await splitByLevel(this.#db, recipe.items, viewer.nsfwMax)).shown,
    })));
    const adapterIds = shown.flatMap(({ items }) => items.flatMap((item) => item.adapter_id ?? []));
    const rows = await composableAdapters(this.#db, viewer.nsfwMax).byIds(adapterIds);
    return toRecipeFile(
      shown,
      ({ adapter_id }) => adapter_id ? rows.get(adapter_id)?.hashes.sha256 : undefined,
      new Date(),
    );
  }

  /** All or nothing. A recipe equal to one here is skipped; one whose name is taken gets a number. */
  async import(file: RecipeFile, viewer: Viewer): Promise<ImportedRecipes> {
    return await this.#db.transaction().execute(async (tx) => {
      const result: ImportedRecipes = { recipes: [], unchanged: [] };
      const here = await recipes(tx).list();
      for (const incoming of file.recipes) {
        const matches = await matchItems(
          tx,
          incoming.items.map((item) => ({ ...item, adapter_id: null })),
          viewer.nsfwMax,
        );
        const values = { ...incoming, items: matches.map(importedItem) };
        if (here.some((recipe) => isSame(recipe, values))) {
          result.unchanged.push(incoming.name);
          continue;
        }
        const name = freeName(incoming.name, new Set(here.map((recipe) => recipe.name)));
        const recipe = await recipes(tx).insert(newId(), { ...values, name });
        if (!recipe) throw new Conflict(`A recipe called "${name}" was made meanwhile; try again`);
        here.push(recipe);
        result.recipes.push({
          id: recipe.id,
          name,
          ...(name === incoming.name ? {} : { renamed_from: incoming.name }),
          missing: matches.filter(({ row }) => !row).map(({ item }) => unmatched(item)),
        });
      }
      return result;
    });
  }
}

async function find(db: Db, id: string): Promise<Recipe> {
  const recipe = await recipes(db).get(id);
  if (!recipe) throw new NotFound("recipe", id);
  return recipe;
}

async function view(db: Db, recipe: Recipe, viewer: Viewer): Promise<RecipeView> {
  const [shown] = await viewRecipes(db, [recipe], viewer.nsfwMax);
  return shown!;
}

async function itemsOf(
  tx: Tx,
  items: NonNullable<CreateRecipe["items"]>,
  viewer: Viewer,
): Promise<RecipeItem[]> {
  const rows = await composableAdapters(tx, viewer.nsfwMax).byIds(
    items.map(({ adapter_id }) => adapter_id),
  );
  const issues = items.flatMap(({ adapter_id }, index) =>
    rows.has(adapter_id) ? [] : [{ path: `items.${index}.adapter_id`, message: "No such adapter" }]
  );
  if (issues.length > 0) throw new Invalid(issues);
  return items.map(({ adapter_id, weight }) => recipeItem(rows.get(adapter_id)!, weight));
}

async function activeItems(tx: Tx, viewer: Viewer): Promise<RecipeItem[]> {
  const rows = await composableAdapters(tx, viewer.nsfwMax).active();
  return orderActive(rows).map((row) => recipeItem(row));
}

function recipeItem(row: ComposableRow, weight = row.weight): RecipeItem {
  const { sha256 } = row.hashes;
  return {
    adapter_id: row.id,
    name: row.name,
    stem: stemOf(row.file_path),
    weight,
    ...(sha256 ? { sha256 } : {}),
  };
}

function importedItem({ item, row }: Match<RecipeInFile["items"][number] & { adapter_id: null }>) {
  return row ? recipeItem(row, item.weight) : item;
}

const unmatched = ({ name, stem, weight }: UnmatchedItem): UnmatchedItem => ({
  name,
  stem,
  weight,
});

const hasRow = <T extends { row: ComposableRow | null }>(
  match: T,
): match is T & { row: ComposableRow } => match.row !== null;

/** Two items may have found the same adapter by now (a duplicate was merged): the first one counts. */
function distinct<T extends { row: ComposableRow | null }>(matches: readonly T[]): T[] {
  const seen = new Set<string>();
  return matches.filter(({ row }) => !row || (!seen.has(row.id) && seen.add(row.id)));
}

function isSame(recipe: Recipe, values: RecipeValues): boolean {
  const essence = ({ name, prefix, suffix, triggers, items }: RecipeValues) =>
    JSON.stringify([
      name,
      prefix,
      suffix,
      triggers,
      items.map(({ stem, weight }) => [stem, weight]),
    ]);
  return essence(recipe) === essence(values) && recipe.description === values.description;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2;; number++) {
    const candidate = `${name.slice(0, 190)} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}
