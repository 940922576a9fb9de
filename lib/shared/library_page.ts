import type { FacetCount, Facets } from "@/lib/catalog/schema.ts";
import type { CardView } from "./card_view.ts";

/** What `GET /library` answers, and what the library page starts with. */
export interface LibraryData {
  items: CardView[];
  total: number;
  next_cursor: string | null;
  /** Only with `facets=1`. */
  facets: FacetsView | null;
}

/** Facets as the page sends them: values beyond the first few only for the one that was asked for. */
export interface FacetsView {
  tag: FacetCount[];
  base_model: FacetCount[];
  author: FacetCount[];
  file_status: FacetCount[];
  rating: FacetCount[];
  collection: (FacetCount & { name: string })[];
  active: number;
  favorite: number;
  hidden: number;
  /** Which lists have more values than are here. */
  cut: string[];
}

const SHOWN = 10;

/** Keeps the page small: ten values a facet, all of the one named by `more`. */
export function facetsView(
  facets: Facets,
  more: string | null,
  collections: Record<string, string>,
): FacetsView {
  const cut: string[] = [];
  const some = (name: string, counts: FacetCount[]) => {
    if (name === more || counts.length <= SHOWN) return counts;
    cut.push(name);
    return counts.slice(0, SHOWN);
  };
  return {
    tag: some("tag", facets.tag),
    base_model: some("base_model", facets.base_model),
    author: some("author", facets.author),
    file_status: facets.file_status,
    rating: facets.rating,
    collection: some("collection", facets.collection)
      .map((count) => ({ ...count, name: collections[count.value] ?? count.value })),
    active: facets.active,
    favorite: facets.favorite,
    hidden: facets.hidden,
    cut,
  };
}
