import { AdapterQuery } from "@/lib/catalog/schema.ts";
import type { Viewer } from "@/lib/access/viewer.ts";
import { parseQuery } from "@/lib/http/parse.ts";
import { cardView } from "@/lib/shared/card_view.ts";
import { facetsView, type LibraryData } from "@/lib/shared/library_page.ts";
import type { Services } from "@/services.ts";

/** Cards a page holds: two screens on a desk, four on a phone. */
const PAGE_SIZE = 60;

/**
 * One page of the library as its URL asks for it.
 *
 * @throws {Invalid} If a parameter has an impossible value.
 */
export async function libraryData(
  { catalog, collections }: Services,
  viewer: Viewer,
  url: URL,
  { withFacets }: { withFacets: boolean },
): Promise<LibraryData> {
  const asked = new URL(url);
  if (!asked.searchParams.has("limit")) asked.searchParams.set("limit", String(PAGE_SIZE));
  const query = parseQuery(AdapterQuery, asked);
  const page = await catalog.cards(query, viewer);
  return {
    items: page.items.map(cardView),
    total: page.total,
    next_cursor: page.next_cursor,
    facets: withFacets
      ? facetsView(
        await catalog.facets(query, viewer),
        url.searchParams.get("more"),
        await collectionNames(collections, viewer),
      )
      : null,
  };
}

/** Names of all collections by id. */
export async function collectionNames(
  collections: Services["collections"],
  viewer: Viewer,
): Promise<Record<string, string>> {
  const all = await collections.list(viewer);
  return Object.fromEntries(all.map(({ id, name }) => [id, name]));
}
