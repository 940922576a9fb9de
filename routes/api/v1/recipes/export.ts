import { define } from "@/define.ts";
import { ExportQuery } from "@/lib/compose/schema.ts";
import { parseQuery } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseQuery(ExportQuery, ctx.url);
    const file = await ctx.state.services.recipes.export(ctx.state.viewer, id);
    return Response.json(file, {
      headers: { "content-disposition": 'attachment; filename="recipes.json"' },
    });
  },
});
