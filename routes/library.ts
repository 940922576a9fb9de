import { define } from "@/define.ts";
import { libraryData } from "@/lib/pages/library_data.ts";

/** The library page's own data, for its island: `GET /library?{the page's parameters}&facets=1`. */
export const handler = define.handlers({
  async GET({ state, url }) {
    const withFacets = url.searchParams.get("facets") === "1";
    return Response.json(await libraryData(state.services, state.viewer, url, { withFacets }));
  },
});
