import type { FacetCount } from "@/lib/catalog/schema.ts";
import { formatCompact } from "@/lib/shared/format.ts";
import { libraryHref, toggled, withOnly } from "@/lib/shared/library_url.ts";
import { Icon } from "../Icon.tsx";
import { Facet, FacetLink } from "./Facet.tsx";
import type { FacetsView } from "@/lib/shared/library_page.ts";
import { FitsFilter } from "./FitsFilter.tsx";
import { TagFilter } from "./TagFilter.tsx";

interface FacetPanelProps {
  search: string;
  facets: FacetsView;
}

/** Everything the results can be narrowed by, with counts. A column on wide screens, a popover on narrow ones. */
export function FacetPanel({ search, facets }: FacetPanelProps) {
  const params = new URLSearchParams(search);
  const more = (name: string) =>
    facets.cut.includes(name) ? libraryHref(withOnly(search, "more", name)) : null;
  return (
    <aside id="facets" class="facets" popover="auto" aria-label="Filters">
      <div class="facets-head">
        <h2>Filters</h2>
        <button
          type="button"
          class="btn btn-quiet btn-icon"
          popovertarget="facets"
          popovertargetaction="hide"
          aria-label="Close filters"
        >
          <Icon name="x" />
        </button>
      </div>
      <div class="facet-list">
        <Switch search={search} name="active" label="Active" count={facets.active} />
        <Switch search={search} name="favorite" label="Favourites" count={facets.favorite} />
      </div>
      <FitsFilter search={search} models={facets.base_model} />
      <Facet
        name="base_model"
        title="Base model"
        search={search}
        counts={facets.base_model}
        more={more("base_model")}
      />
      <Facet
        name="tag"
        title="Tags"
        search={search}
        counts={facets.tag}
        more={more("tag")}
        excludes="tag_not"
      >
        <TagFilter search={search} />
      </Facet>
      <Facet
        name="collection"
        title="Collections"
        search={search}
        counts={facets.collection}
        more={more("collection")}
      />
      <Facet
        name="author"
        title="Authors"
        search={search}
        counts={facets.author}
        more={more("author")}
      />
      <Ratings search={search} counts={facets.rating} set={params.get("rating_min")} />
      {(facets.file_status.length > 1 || params.has("file_status")) && (
        <Facet
          name="file_status"
          title="File"
          search={search}
          counts={facets.file_status}
          more={null}
        />
      )}
    </aside>
  );
}

interface SwitchProps {
  search: string;
  name: "active" | "favorite";
  label: string;
  count: number;
}

function Switch({ search, name, label, count }: SwitchProps) {
  const on = new URLSearchParams(search).get(name) === "true";
  return (
    <FacetLink
      href={libraryHref(withOnly(search, name, on ? null : "true"))}
      on={on}
      label={label}
      count={formatCompact(count)}
    />
  );
}

interface RatingsProps {
  search: string;
  counts: FacetCount[];
  set: string | null;
}

function Ratings({ search, counts, set }: RatingsProps) {
  const atLeast = (stars: number) =>
    counts.reduce((sum, { value, count }) => Number(value) >= stars ? sum + count : sum, 0);
  if (atLeast(1) === 0 && set === null) return null;
  return (
    <details class="facet" open={set !== null}>
      <summary>
        Your rating
        <Icon name="chevron-right" />
      </summary>
      <div class="facet-list">
        {[5, 4, 3, 2, 1].map((stars) => (
          <FacetLink
            key={stars}
            href={libraryHref(toggledRating(search, set, stars))}
            on={set === String(stars)}
            label={stars === 5 ? "5 stars" : `${stars} ${stars === 1 ? "star" : "stars"} and up`}
            count={formatCompact(atLeast(stars))}
          />
        ))}
      </div>
    </details>
  );
}

const toggledRating = (search: string, set: string | null, stars: number): string =>
  set === String(stars)
    ? toggled(search, "rating_min", set)
    : withOnly(search, "rating_min", String(stars));
