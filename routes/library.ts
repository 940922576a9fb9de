import { define } from "@/define.ts";
import { libraryData } from "@/lib/pages/library_data.ts";

/** The library page's own data, for its island: `GET /library?{the page's parameters}&facets=1`. */
export const handler = define.handlers({
  async GET({ state, url }) {
    const { services, viewer } = state;
    const withFacets = url.searchParams.get("facets") === "1";
    const facetsWith = withFacets ? await services.collections.list(viewer) : null;
    return Response.json(await libraryData(services, viewer, url, { facetsWith }));
  },
});
