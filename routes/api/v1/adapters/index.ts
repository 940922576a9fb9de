import { define } from "@/define.ts";
import { AdapterQuery, CreateAdapter } from "@/lib/catalog/schema.ts";
import { parseBody, parseQuery } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const query = parseQuery(AdapterQuery.strict(), ctx.url);
    return Response.json(await ctx.state.services.catalog.list(query, ctx.state.viewer));
  },

  async POST(ctx) {
    const fields = await parseBody(CreateAdapter, ctx.req);
    const adapter = await ctx.state.services.catalog.create(fields, ctx.state.viewer);
    return Response.json({ adapter }, {
      status: 201,
      headers: { location: `/api/v1/adapters/${adapter.id}` },
    });
  },
});
