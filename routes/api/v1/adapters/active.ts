import { define } from "@/define.ts";
import { ReorderRequest } from "@/lib/catalog/schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

/** The active set, in prompt order. */
export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ items: await ctx.state.services.catalog.activeSet(ctx.state.viewer) });
  },

  async PUT(ctx) {
    const { ids } = await parseBody(ReorderRequest, ctx.req);
    const items = await ctx.state.services.catalog.reorder(ids, ctx.state.viewer);
    return Response.json({ items });
  },
});
