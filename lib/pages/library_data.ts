import { AdapterQuery } from "@/lib/catalog/schema.ts";
import type { Viewer } from "@/lib/access/viewer.ts";
import { parseQuery } from "@/lib/http/parse.ts";
import { cardView } from "@/lib/shared/card_view.ts";
import { facetsView, type LibraryData } from "@/lib/shared/library_page.ts";
import type { Services } from "@/services.ts";

interface NamedCollection {
  id: string;
  name: string;
}

/** Cards a page holds: two screens on a desk, four on a phone. */
const PAGE_SIZE = 60;

/**
 * One page of the library as its URL asks for it.
 *
 * @param options.facetsWith All collections, whose names the facets show; null leaves the facets out.
 * @throws {Invalid} If a parameter has an impossible value.
 */
export async function libraryData(
  { catalog }: Services,
  viewer: Viewer,
  url: URL,
  { facetsWith }: { facetsWith: readonly NamedCollection[] | null },
): Promise<LibraryData> {
  const asked = new URL(url);
  if (!asked.searchParams.has("limit")) asked.searchParams.set("limit", String(PAGE_SIZE));
  const query = parseQuery(AdapterQuery, asked);
  const page = await catalog.cards(query, viewer);
  return {
    items: page.items.map(cardView),
    total: page.total,
    next_cursor: page.next_cursor,
    facets: facetsWith === null ? null : facetsView(
      await catalog.facets(query, viewer),
      url.searchParams.get("more"),
      Object.fromEntries(facetsWith.map(({ id, name }) => [id, name])),
    ),
  };
}
