import {
  type FilterKey,
  libraryHref,
  moved,
  setFilters,
  unfiltered,
  withoutValue,
} from "@/lib/shared/library_url.ts";
import { NSFW_LEVELS } from "@/lib/shared/nsfw.ts";
import { Icon } from "../Icon.tsx";

interface FilterChipsProps {
  search: string;
  /** Names of collections by id. */
  collections: Record<string, string>;
}

/** What is set, each with the link that takes it away. */
export function FilterChips({ search, collections }: FilterChipsProps) {
  const filters = setFilters(search);
  if (filters.length === 0) return null;
  const all = filters.filter(({ key }) => key === "tag").length;
  const any = filters.filter(({ key }) => key === "tag_any").length;
  return (
    <nav class="chips" aria-label="Filters that are set">
      {filters.map(({ key, value }) => {
        const text = describe(key, value, collections);
        return (
          <a
            key={`${key}=${value}`}
            class={`chip ${key === "tag_not" ? "chip-not" : "chip-set"}`}
            href={libraryHref(withoutValue(search, key, value))}
            aria-label={`Remove the filter ${text}`}
          >
            {text}
            <Icon name="x" />
          </a>
        );
      })}
      {all > 1 && (
        <a class="chip" href={libraryHref(moved(search, "tag", "tag_any"))}>
          Match any tag instead
        </a>
      )}
      {any > 1 && (
        <a class="chip" href={libraryHref(moved(search, "tag_any", "tag"))}>
          Match all tags instead
        </a>
      )}
      {filters.length > 1 && <a class="chip" href={libraryHref(unfiltered(search))}>Clear all</a>}
    </nav>
  );
}

function describe(key: FilterKey, value: string, collections: Record<string, string>): string {
  const yes = value === "true" || value === "1" || value === "on";
  switch (key) {
    case "active":
      return yes ? "Active" : "Not active";
    case "favorite":
      return yes ? "Favourites" : "Not favourite";
    case "has_preview":
      return yes ? "With picture" : "Without picture";
    case "tag_any":
      return `any: ${value}`;
    case "tag_not":
      return `not ${value}`;
    case "rating_min":
      return `${value} ★ and up`;
    case "nsfw_max":
      return `up to ${
        NSFW_LEVELS.findLast(({ level }) => level <= Number(value))?.label ?? "unrated"
      }`;
    case "compatible_with":
      return `fits ${value}`;
    case "collection":
      return collections[value] ?? "a collection";
    case "file_status":
      return `file ${value}`;
    default:
      return value;
  }
}
