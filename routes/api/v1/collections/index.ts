import { define } from "@/define.ts";
import { CreateCollection } from "@/lib/catalog/collections_schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ items: await ctx.state.services.collections.list(ctx.state.viewer) });
  },

  async POST(ctx) {
    const fields = await parseBody(CreateCollection, ctx.req);
    const collection = await ctx.state.services.collections.create(fields);
    return Response.json({ collection }, {
      status: 201,
      headers: { location: `/api/v1/collections/${collection.id}` },
    });
  },
});
