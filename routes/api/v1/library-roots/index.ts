import { define } from "@/define.ts";
import { parseBody } from "@/lib/http/parse.ts";
import { AddRoot } from "@/lib/library/schema.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ items: await ctx.state.services.library.roots() });
  },

  async POST(ctx) {
    const { path, label } = await parseBody(AddRoot, ctx.req);
    const root = await ctx.state.services.library.addRoot(path, label);
    return Response.json({ root }, {
      status: 201,
      headers: { location: `/api/v1/library-roots/${root.id}` },
    });
  },
});
