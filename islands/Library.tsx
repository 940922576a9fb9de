import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useComputed, useSignal } from "@preact/signals";
import { DefaultSubmit } from "@/components/DefaultSubmit.tsx";
import { BulkBar } from "@/components/library/BulkBar.tsx";
import { DeleteDialog } from "@/components/library/DeleteDialog.tsx";
import { FacetPanel } from "@/components/library/FacetPanel.tsx";
import { FilterChips } from "@/components/library/FilterChips.tsx";
import { type CardState, Grid, type Slice } from "@/components/library/Grid.tsx";
import { KeysDialog } from "@/components/library/KeysDialog.tsx";
import { List } from "@/components/library/List.tsx";
import { NoResults } from "@/components/library/NoResults.tsx";
import type { LibraryData } from "@/lib/shared/library_page.ts";
import { Toolbar } from "@/components/library/Toolbar.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Notice } from "@/components/Notice.tsx";
import { formatCount } from "@/lib/shared/format.ts";
import { densityOf, libraryHref, viewOf } from "@/lib/shared/library_url.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { isActive } from "@/browser/active_set.ts";
import { Library as LibraryState, libraryOnPage } from "@/browser/library.ts";
import { LibraryActions } from "@/browser/library_actions.ts";
import { gapOf, rowsOf } from "@/browser/library_rows.ts";
import { closeMenus } from "@/browser/menus.ts";
import { rememberPlace } from "@/browser/scroll_memory.ts";
import { setSingleKeys, singleKeysOn, useLibraryKeys } from "@/browser/use_library_keys.ts";
import { useRowWindow } from "@/browser/use_row_window.ts";

export interface LibraryProps {
  search: string;
  data: LibraryData;
  collections: { id: string; name: string }[];
  /** Pictures from this content level on are blurred. */
  blurFrom: number;
  /** True if the viewer may change things. */
  mayWrite: boolean;
}

/** The library page: facets, results and what can be done with them. Rendered on the server it works by itself. */
export default function Library({ search, data, collections, blurFrom, mayWrite }: LibraryProps) {
  const library = useMemo(() => new LibraryState(search, data), []);
  const actions = useMemo(() => new LibraryActions(library), []);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLElement>(null);
  const started = useSignal(false);
  const [keysShown, setKeysShown] = useState(false);
  const names = useMemo(
    () => Object.fromEntries(collections.map(({ id, name }) => [id, name])),
    [],
  );

  const now = library.search.value;
  const view = viewOf(now);
  const density = densityOf(now);
  const pages = library.pages;
  const range = useRowWindow({
    element: list,
    count: pages.length,
    key: `${view} ${density} ${library.revision.value}`,
    rows: (element) => rowsOf(element, view, pages.shapes),
    gap: (element) => gapOf(element, view),
  });

  useEffect(() => {
    started.value = true;
    libraryOnPage.value = library;
    const back = () => library.go(location.search, "none");
    addEventListener("popstate", back);
    const forget = rememberPlace(library);
    return () => {
      forget();
      removeEventListener("popstate", back);
      libraryOnPage.value = null;
    };
  }, []);

  useEffect(closeMenus, []);
  useEffect(
    () => library.focus(range.from, range.to),
    [range.from, range.to, library.revision.value],
  );
  useEffect(() => {
    const nearEnd = range.isMeasured && range.to >= pages.length;
    if (nearEnd && !library.atEnd.value) void library.more();
  }, [range.to, range.isMeasured, pages.length]);

  const keys = useMemo(() => actions.keys(() => setKeysShown(true)), []);
  useLibraryKeys(keys);
  useEffect(() => actions.focusWanted(list.current), [library.cursor.value, range.from, range.to]);

  const selected = library.selection.ids.value;
  const selecting = useComputed(() => library.selection.size.value > 0);
  const state: CardState = {
    isActive,
    isSelected: (card) => selected.has(card.id),
    isVeiled: (card) => nsfwRank(card.nsfw) >= blurFrom,
  };
  const slice: Slice = {
    from: range.from,
    cards: Array.from({ length: range.to - range.from }, (_, i) => pages.at(range.from + i)),
    shapes: pages.shapes.slice(range.from, range.to),
    total: library.total.value,
    before: range.before,
    after: range.after,
  };

  return (
    <div
      ref={root}
      class="library"
      onClick={actions.onClick}
      onSubmit={actions.onSubmit}
      onChange={actions.onChange}
    >
      <FacetPanel search={now} facets={library.facets.value} />
      <section class={selecting.value ? "results is-selecting" : "results"} aria-label="Results">
        <Toolbar
          search={now}
          total={library.total.value}
          hidden={library.facets.value.hidden}
          onKeys={started.value ? () => setKeysShown(true) : null}
        />
        <FilterChips search={now} collections={names} />
        {library.failure.value !== null && (
          <div class="pb-3">
            <Notice kind="danger" urgent>
              The results could not be loaded: {library.failure.value}{" "}
              <button type="button" class="underline" onClick={() => library.reload()}>
                Try again
              </button>
            </Notice>
          </div>
        )}
        {pages.length === 0
          ? <NoResults search={now} />
          : (
            <form method="post" action={libraryHref(now)}>
              <DefaultSubmit name="action" value="default" />
              {view === "grid"
                ? (
                  <Grid
                    slice={slice}
                    state={state}
                    density={density}
                    busy={library.busy.value}
                    listRef={(element) => void (list.current = element)}
                  />
                )
                : (
                  <List
                    slice={slice}
                    state={state}
                    search={now}
                    bodyRef={(element) => void (list.current = element)}
                  />
                )}
              {!library.atEnd.value && (
                <div class="gallery-end">
                  <a class="btn" href={nextHref(now, pages.nextCursor!)}>Load more</a>
                </div>
              )}
              {mayWrite && (!started.value || selecting.value) && (
                <BulkBar
                  count={started.value ? library.selection.size.value : null}
                  collections={collections}
                  extra={started.value && (
                    <>
                      <button
                        type="button"
                        class="mini"
                        aria-label="Clear the selection"
                        title="Clear the selection (Esc)"
                        onClick={() => library.selection.clear()}
                      >
                        <Icon name="x" />
                      </button>
                      <button
                        type="button"
                        class="btn btn-small btn-quiet"
                        onClick={actions.selectAll}
                      >
                        Select all {formatCount(library.total.value)}
                      </button>
                    </>
                  )}
                />
              )}
            </form>
          )}
      </section>
      {actions.deleting.value && (
        <DeleteDialog
          count={selected.size}
          onCancel={() => actions.deleting.value = false}
          onConfirm={actions.deleteSelected}
        />
      )}
      {keysShown && (
        <KeysDialog
          singleKeys={singleKeysOn()}
          onSingleKeys={setSingleKeys}
          onClose={() => setKeysShown(false)}
        />
      )}
    </div>
  );
}

function nextHref(search: string, cursor: string): string {
  const params = new URLSearchParams(search);
  params.set("cursor", cursor);
  return `/?${params}`;
}
