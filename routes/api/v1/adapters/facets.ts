import { define } from "@/define.ts";
import { AdapterFilter } from "@/lib/catalog/schema.ts";
import { parseQuery } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const filter = parseQuery(AdapterFilter.strict(), ctx.url);
    return Response.json(await ctx.state.services.catalog.facets(filter, ctx.state.viewer));
  },
});
