import { define } from "@/define.ts";
import { UpdateAdapter } from "@/lib/catalog/schema.ts";
import { ifMatch, jsonWithEtag } from "@/lib/http/etag.ts";
import { IdParams, parseBody, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const { catalog } = ctx.state.services;
    const adapter = await catalog.get(id, ctx.state.viewer);
    return jsonWithEtag(ctx.req, catalog.etag(adapter), { adapter });
  },

  async PATCH(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const fields = await parseBody(UpdateAdapter, ctx.req);
    const { catalog } = ctx.state.services;
    const adapter = await catalog.update(id, fields, ctx.state.viewer, ifMatch(ctx.req));
    return Response.json({ adapter }, { headers: { etag: catalog.etag(adapter) } });
  },

  async DELETE(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    await ctx.state.services.catalog.remove(id, ctx.state.viewer);
    return new Response(null, { status: 204 });
  },
});
