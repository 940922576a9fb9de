import { define } from "@/define.ts";
import { UpdateRecipe } from "@/lib/compose/schema.ts";
import { etagOf, jsonWithEtag } from "@/lib/http/etag.ts";
import { IdParams, parseBody, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "recipe");
    const recipe = await ctx.state.services.recipes.get(id, ctx.state.viewer);
    // Over the whole view: the state of a recipe's files changes without the recipe.
    return jsonWithEtag(ctx.req, etagOf(JSON.stringify(recipe)), { recipe });
  },

  async PATCH(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "recipe");
    const fields = await parseBody(UpdateRecipe, ctx.req);
    const recipe = await ctx.state.services.recipes.update(id, fields, ctx.state.viewer);
    return Response.json({ recipe });
  },

  async DELETE(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "recipe");
    await ctx.state.services.recipes.remove(id);
    return new Response(null, { status: 204 });
  },
});
