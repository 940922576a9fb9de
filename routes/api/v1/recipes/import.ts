import { define } from "@/define.ts";
import { RecipeFile } from "@/lib/compose/recipe_file.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const file = await parseBody(RecipeFile, ctx.req);
    return Response.json(await ctx.state.services.recipes.import(file, ctx.state.viewer));
  },
});
