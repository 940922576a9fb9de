import type { Sort } from "@/lib/catalog/schema.ts";

export interface SortChoice {
  sort: Sort;
  order: "asc" | "desc";
  label: string;
}

/** The sort menu, and the order a column starts with when its head is clicked. */
export const SORT_CHOICES: readonly SortChoice[] = [
  { sort: "name", order: "asc", label: "Name" },
  { sort: "added", order: "desc", label: "Recently added" },
  { sort: "published", order: "desc", label: "Recently published" },
  { sort: "updated", order: "desc", label: "Recently changed" },
  { sort: "rating", order: "desc", label: "Your rating" },
  { sort: "downloads", order: "desc", label: "Most downloaded" },
  { sort: "usage", order: "desc", label: "Most used" },
  { sort: "last_used", order: "desc", label: "Last used" },
  { sort: "size", order: "desc", label: "Largest file" },
  { sort: "active", order: "asc", label: "Active first" },
];

const RELEVANCE: SortChoice = { sort: "relevance", order: "desc", label: "Best match" };

/** What a search is ordered by: what its URL says, else best match for a query, else name. */
export function sortOf(search: string): SortChoice {
  const params = new URLSearchParams(search);
  const asked = params.get("sort");
  const choice = SORT_CHOICES.find(({ sort }) => sort === asked) ??
    (params.has("q") ? RELEVANCE : SORT_CHOICES[0]!);
  const order = params.get("order");
  return order === "asc" || order === "desc" ? { ...choice, order } : choice;
}

/** The choices on offer: best match only where there is something to match. */
export const sortChoices = (search: string): readonly SortChoice[] =>
  new URLSearchParams(search).has("q") ? [RELEVANCE, ...SORT_CHOICES] : SORT_CHOICES;
