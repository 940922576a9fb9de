import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const adapter = await ctx.state.services.catalog.deactivate(id, ctx.state.viewer);
    return Response.json({ adapter });
  },
});
