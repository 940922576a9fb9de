import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "recipe");
    return Response.json(await ctx.state.services.recipes.apply(id, ctx.state.viewer));
  },
});
