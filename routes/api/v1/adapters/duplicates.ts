import { define } from "@/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({
      groups: await ctx.state.services.catalog.duplicates(ctx.state.viewer),
    });
  },
});
