import type { Adapter } from "@/lib/catalog/schema.ts";
import { type CardView, cardView } from "./card_view.ts";

/** What the adapter page's panel shows and changes: the page's long parts stay on the server. */
export type AdapterPanelView =
  & Pick<
    Adapter,
    | "id"
    | "name"
    | "version"
    | "author_username"
    | "base_model"
    | "tags"
    | "trained_words"
    | "triggers"
    | "trigger_sets"
    | "activation_text"
    | "negative_text"
    | "notes"
    | "weight"
    | "rating"
    | "is_favorite"
    | "token"
    | "edited_fields"
    | "collections"
  >
  & { card: CardView };

export function adapterPanelView(adapter: Adapter): AdapterPanelView {
  return {
    id: adapter.id,
    name: adapter.name,
    version: adapter.version,
    author_username: adapter.author_username,
    base_model: adapter.base_model,
    tags: adapter.tags,
    trained_words: adapter.trained_words,
    triggers: adapter.triggers,
    trigger_sets: adapter.trigger_sets,
    activation_text: adapter.activation_text,
    negative_text: adapter.negative_text,
    notes: adapter.notes,
    weight: adapter.weight,
    rating: adapter.rating,
    is_favorite: adapter.is_favorite,
    token: adapter.token,
    edited_fields: adapter.edited_fields,
    collections: adapter.collections,
    card: cardView({ ...adapter, downloads: downloadsOf(adapter.stats) }),
  };
}

/** Downloads as Civitai counted them when the sidecar was written. */
export function downloadsOf(stats: Readonly<Record<string, unknown>>): number {
  const { downloadCount } = stats;
  return typeof downloadCount === "number" ? downloadCount : 0;
}
