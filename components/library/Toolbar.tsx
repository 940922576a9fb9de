import { formatCount } from "@/lib/shared/format.ts";
import {
  DENSITIES,
  type Density,
  densityOf,
  filtersOf,
  libraryHref,
  viewOf,
  withOnly,
} from "@/lib/shared/library_url.ts";
import { Icon } from "../Icon.tsx";
import { Menu } from "../Menu.tsx";
import { sortChoices, sortOf } from "./sorts.ts";

const DENSITY_LABEL: Record<Density, string> = {
  compact: "Small",
  cosy: "Medium",
  large: "Large",
};

interface ToolbarProps {
  search: string;
  total: number;
  /** How many the viewer's content level hides. */
  hidden: number;
  /** Shows the keys; null without scripts, when there are none. */
  onKeys: (() => void) | null;
}

/** Title, counts and how the results are shown. All of it links, so all of it is a URL. */
export function Toolbar({ search, total, hidden, onKeys }: ToolbarProps) {
  const view = viewOf(search);
  const density = densityOf(search);
  return (
    <header class="results-head">
      <div class="results-title">
        <h1>Library</h1>
        <p>
          <span class="num" role="status">
            {formatCount(total)} {total === 1 ? "LoRA" : "LoRAs"}
          </span>
          {hidden > 0 && (
            <>
              {" · "}
              <a class="underline underline-offset-2" href="/settings#content">
                {formatCount(hidden)} hidden by your content level
              </a>
            </>
          )}
        </p>
      </div>
      <button type="button" class="btn facets-open" popovertarget="facets">
        <Icon name="sliders-horizontal" />
        Filters
      </button>
      <SortMenu search={search} />
      <ExportMenu search={search} />
      {view === "grid" && (
        <nav class="segments max-sm:hidden" aria-label="Picture size">
          {DENSITIES.map((size) => (
            <a
              key={size}
              class="btn btn-small"
              href={libraryHref(withOnly(search, "density", size === "cosy" ? null : size))}
              aria-current={size === density ? "true" : undefined}
            >
              {DENSITY_LABEL[size]}
            </a>
          ))}
        </nav>
      )}
      <nav class="segments" aria-label="View">
        <a
          class="btn btn-small btn-icon"
          href={libraryHref(withOnly(search, "view", null))}
          aria-label="Grid"
          aria-current={view === "grid" ? "true" : undefined}
        >
          <Icon name="layout-grid" />
        </a>
        <a
          class="btn btn-small btn-icon"
          href={libraryHref(withOnly(search, "view", "list"))}
          aria-label="List"
          aria-current={view === "list" ? "true" : undefined}
        >
          <Icon name="list" />
        </a>
      </nav>
      {/* In its place from the start: appearing later, it would move its neighbours. */}
      <button
        type="button"
        class={`btn btn-quiet btn-icon max-sm:hidden ${onKeys ? "" : "invisible"}`}
        aria-label="Keys"
        title="Keys (?)"
        onClick={onKeys ?? undefined}
      >
        <Icon name="keyboard" />
      </button>
    </header>
  );
}

function SortMenu({ search }: { search: string }) {
  const current = sortOf(search);
  return (
    <Menu icon="arrow-down-up" label={current.label}>
      {sortChoices(search).map(({ sort, order, label }) => (
        <li key={sort}>
          <a
            class="menu-item"
            href={libraryHref(withOnly(withOnly(search, "sort", sort), "order", order))}
            aria-current={sort === current.sort ? "true" : undefined}
          >
            {label}
            {sort === current.sort && <Icon name="check" />}
          </a>
        </li>
      ))}
      <li class="mt-1 border-t border-line pt-1">
        <a
          class="menu-item"
          href={libraryHref(
            withOnly(
              withOnly(search, "sort", current.sort),
              "order",
              current.order === "asc" ? "desc" : "asc",
            ),
          )}
        >
          Reverse the order
          <Icon name={current.order === "asc" ? "arrow-up" : "arrow-down"} />
        </a>
      </li>
    </Menu>
  );
}

function ExportMenu({ search }: { search: string }) {
  const { sort, order } = sortOf(search);
  return (
    <Menu icon="download" label={<span class="max-xl:sr-only">Export</span>} class="max-sm:hidden">
      {(["csv", "json"] as const).map((format) => {
        const params = new URLSearchParams(filtersOf(search));
        params.set("format", format);
        params.set("sort", sort);
        params.set("order", order);
        return (
          <li key={format}>
            <a class="menu-item" href={`/api/v1/adapters/export?${params}`} download>
              These results as {format.toUpperCase()}
            </a>
          </li>
        );
      })}
    </Menu>
  );
}
