import type { ComponentChildren } from "preact";
import type { FacetCount } from "@/lib/catalog/schema.ts";
import { formatCompact } from "@/lib/shared/format.ts";
import { type FilterKey, libraryHref, toggled, withOnly } from "@/lib/shared/library_url.ts";
import { Icon } from "../Icon.tsx";

interface FacetProps {
  name: FilterKey;
  title: string;
  search: string;
  counts: (FacetCount & { name?: string })[];
  /** Address of the page with all values of this facet; null if these are all. */
  more: string | null;
  /** The parameter that excludes a value, if there is one. */
  excludes?: FilterKey;
  children?: ComponentChildren;
}

/** One group of values. A value that is set stays listed even if nothing else has it. */
export function Facet({ name, title, search, counts, more, excludes, children }: FacetProps) {
  const params = new URLSearchParams(search);
  const set = params.getAll(name);
  const absent = set.filter((value) => !counts.some((count) => count.value === value));
  if (counts.length === 0 && absent.length === 0) return null;
  const rows = [
    ...absent.map((value) => ({ value, count: null, name: undefined })),
    ...counts,
  ];
  return (
    <details class="facet" open>
      <summary>
        {title}
        <Icon name="chevron-right" />
      </summary>
      {children}
      <div class="facet-list">
        {rows.map(({ value, count, name: label }) => (
          <div class="facet-row" key={value}>
            <FacetLink
              href={libraryHref(toggled(search, name, value))}
              on={set.includes(value)}
              label={label ?? value}
              count={count === null ? "" : formatCompact(count)}
            />
            {excludes && (
              <a
                class="mini facet-not"
                href={libraryHref(toggled(search, excludes, value))}
                aria-label={`Without ${value}`}
                title={`Without ${value}`}
                aria-current={params.has(excludes, value) ? "true" : undefined}
              >
                <Icon name="ban" />
              </a>
            )}
          </div>
        ))}
        {more !== null && (
          <a class="facet-link text-muted" href={more}>
            <span>Show more</span>
          </a>
        )}
        {params.get("more") === name && (
          <a class="facet-link text-muted" href={libraryHref(withOnly(search, "more", null))}>
            <span>Show fewer</span>
          </a>
        )}
      </div>
    </details>
  );
}

interface FacetLinkProps {
  href: string;
  on: boolean;
  label: string;
  count: string;
}

export function FacetLink({ href, on, label, count }: FacetLinkProps) {
  return (
    <a class="facet-link" href={href} aria-current={on ? "true" : undefined}>
      <span class="facet-box">{on && <Icon name="check" />}</span>
      <span>{label}</span>
      <span class="num">{count}</span>
    </a>
  );
}
