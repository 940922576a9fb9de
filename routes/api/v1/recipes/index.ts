import { define } from "@/define.ts";
import { CreateRecipe } from "@/lib/compose/schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ items: await ctx.state.services.recipes.list(ctx.state.viewer) });
  },

  async POST(ctx) {
    const fields = await parseBody(CreateRecipe, ctx.req);
    const recipe = await ctx.state.services.recipes.create(fields, ctx.state.viewer);
    return Response.json({ recipe }, {
      status: 201,
      headers: { location: `/api/v1/recipes/${recipe.id}` },
    });
  },
});
