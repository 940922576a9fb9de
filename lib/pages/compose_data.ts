import type { Viewer } from "@/lib/access/viewer.ts";
import { AdapterFilter, AdapterQuery } from "@/lib/catalog/schema.ts";
import type { RecipeView } from "@/lib/compose/recipe_view.ts";
import { type CardView, cardView } from "@/lib/shared/card_view.ts";
import type { ComposeText } from "@/lib/shared/compose_text.ts";
import type { PromptItem } from "@/lib/shared/prompt/mod.ts";
import type { Services } from "@/services.ts";

/** Pictures shown of a recipe. */
const PICTURES = 6;
const FOUND = 8;

export interface RecipeRow {
  recipe: RecipeView;
  /** The first few of its LoRAs. */
  cards: CardView[];
}

export interface ComposePageData {
  cards: CardView[];
  /** What composing knows of the same LoRAs. */
  items: PromptItem[];
  baseModels: string[];
  recipes: RecipeRow[];
  /** What was looked for without scripts, and what was found. */
  search: { find: string; found: CardView[] };
}

type Needed = Pick<Services, "catalog" | "compose" | "recipes">;

/** @param find Words to look for LoRAs by; none if empty. */
export async function composePageData(
  services: Needed,
  viewer: Viewer,
  text: ComposeText,
  find: string,
): Promise<ComposePageData> {
  const { catalog, compose, recipes } = services;
  const [active, state, facets, saved, found] = await Promise.all([
    catalog.activeSet(viewer),
    compose.state({}, viewer),
    catalog.facets(AdapterFilter.parse({}), viewer),
    recipes.list(viewer),
    find === "" ? [] : findCards(services, viewer, text, find),
  ]);
  return {
    cards: active.map(cardView),
    items: state.items,
    baseModels: facets.base_model.map(({ value }) => value),
    recipes: await withPictures(services, viewer, saved),
    search: { find, found },
  };
}

async function findCards(
  { catalog }: Needed,
  viewer: Viewer,
  { target }: ComposeText,
  find: string,
): Promise<CardView[]> {
  const query = AdapterQuery.parse({
    q: find.slice(0, 300),
    limit: FOUND,
    compatible_with: target || undefined,
  });
  return (await catalog.cards(query, viewer)).items.map(cardView);
}

async function withPictures(
  { catalog }: Needed,
  viewer: Viewer,
  recipes: readonly RecipeView[],
): Promise<RecipeRow[]> {
  const idsOf = ({ items }: RecipeView) =>
    items.flatMap(({ adapter_id }) => adapter_id ?? []).slice(0, PICTURES);
  const cards = await catalog.byIds([...new Set(recipes.flatMap(idsOf))], viewer);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return recipes.map((recipe) => ({
    recipe,
    cards: idsOf(recipe).flatMap((id) => byId.get(id) ?? []).map(cardView),
  }));
}
