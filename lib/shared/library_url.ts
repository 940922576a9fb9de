/**
 * The library's state is its URL: the API's own query parameters plus `view` and `density`. These functions take and give
 * the search part without its `?`, so that server links and the islands agree to the letter.
 */

/** What may appear, in the order it is written, so that equal filters have equal URLs. */
export const FILTER_KEYS = [
  "q",
  "active",
  "favorite",
  "has_preview",
  "tag",
  "tag_any",
  "tag_not",
  "author",
  "base_model",
  "sd_version",
  "compatible_with",
  "trained_word",
  "collection",
  "file_status",
  "rating_min",
  "nsfw_max",
] as const;
export type FilterKey = typeof FILTER_KEYS[number];

const VIEW_KEYS = ["sort", "order", "view", "density", "more"] as const;
export type LibraryKey = FilterKey | typeof VIEW_KEYS[number];
const ALL_KEYS: readonly LibraryKey[] = [...FILTER_KEYS, ...VIEW_KEYS];

export const VIEWS = ["grid", "list"] as const;
export type View = typeof VIEWS[number];

export const DENSITIES = ["compact", "cosy", "large"] as const;
export type Density = typeof DENSITIES[number];

/** The known parameters only, in canonical order; paging and unknown ones fall away. */
export function canonical(search: string | URLSearchParams): string {
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const key of ALL_KEYS) {
    for (const value of new Set(given.getAll(key))) {
      if (value.trim() !== "") kept.append(key, value);
    }
  }
  return kept.toString();
}

/** `search` with `key` set to `value` alone, or without it for null. */
export function withOnly(search: string, key: LibraryKey, value: string | null): string {
  const params = new URLSearchParams(search);
  params.delete(key);
  if (value !== null) params.set(key, value);
  return canonical(params);
}

/** `search` with `value` added to `key`. */
export function withValue(search: string, key: LibraryKey, value: string): string {
  const params = new URLSearchParams(search);
  params.append(key, value);
  return canonical(params);
}

/** `search` with that one value of `key` taken away. */
export function withoutValue(search: string, key: LibraryKey, value: string): string {
  const params = new URLSearchParams(search);
  params.delete(key, value);
  return canonical(params);
}

/** `search` with `value` added to `key`, or taken away if it was there. */
export const toggled = (search: string, key: LibraryKey, value: string): string =>
  new URLSearchParams(search).has(key, value)
    ? withoutValue(search, key, value)
    : withValue(search, key, value);

/** `search` with every value of one key moved to another: "all of these tags" becomes "any of these tags". */
export function moved(search: string, from: LibraryKey, to: LibraryKey): string {
  const params = new URLSearchParams(search);
  for (const value of params.getAll(from)) params.append(to, value);
  params.delete(from);
  return canonical(params);
}

/** `search` without any filter; view, density and order stay. */
export function unfiltered(search: string): string {
  const params = new URLSearchParams(search);
  for (const key of FILTER_KEYS) params.delete(key);
  return canonical(params);
}

/** The filters alone: what facets, exports and bulk actions act on. */
export function filtersOf(search: string): string {
  const params = new URLSearchParams(search);
  for (const key of VIEW_KEYS) params.delete(key);
  return canonical(params);
}

export const isFiltered = (search: string): boolean => filtersOf(search) !== "";

/** The page's address for `search`. */
export const libraryHref = (search: string): string => search === "" ? "/" : `/?${search}`;

export function viewOf(search: string): View {
  return new URLSearchParams(search).get("view") === "list" ? "list" : "grid";
}

export function densityOf(search: string): Density {
  const asked = new URLSearchParams(search).get("density");
  return DENSITIES.find((density) => density === asked) ?? "cosy";
}

export interface SetFilter {
  key: FilterKey;
  value: string;
}

/** The filters that are set, in canonical order; `q` is not one of them: it stands in the search box. */
export function setFilters(search: string): SetFilter[] {
  const params = new URLSearchParams(search);
  return FILTER_KEYS.filter((key) => key !== "q")
    .flatMap((key) => params.getAll(key).map((value) => ({ key, value })));
}
