import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "key");
    await ctx.state.services.access.keys.revoke(id);
    return new Response(null, { status: 204 });
  },
});
