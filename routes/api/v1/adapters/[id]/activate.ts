import { define } from "@/define.ts";
import { ActivateRequest } from "@/lib/catalog/schema.ts";
import { IdParams, parseBody, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const { ordinal } = await parseBody(ActivateRequest, ctx.req);
    const adapter = await ctx.state.services.catalog.activate(id, ordinal, ctx.state.viewer);
    return Response.json({ adapter });
  },
});
