import { define } from "@/define.ts";
import { UpdateCollection } from "@/lib/catalog/collections_schema.ts";
import { etagOf, jsonWithEtag } from "@/lib/http/etag.ts";
import { IdParams, parseBody, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "collection");
    const collection = await ctx.state.services.collections.get(id, ctx.state.viewer);
    return jsonWithEtag(ctx.req, etagOf(JSON.stringify(collection)), { collection });
  },

  async PATCH(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "collection");
    const fields = await parseBody(UpdateCollection, ctx.req);
    const { collections } = ctx.state.services;
    return Response.json({ collection: await collections.update(id, fields, ctx.state.viewer) });
  },

  async DELETE(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "collection");
    await ctx.state.services.collections.remove(id);
    return new Response(null, { status: 204 });
  },
});
