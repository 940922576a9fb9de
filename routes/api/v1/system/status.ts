import { define } from "@/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json(await ctx.state.services.health.status());
  },
});
