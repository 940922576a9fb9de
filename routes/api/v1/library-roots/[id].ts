import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  /** The records stay, and come back with the folder. */
  async DELETE(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "library root");
    await ctx.state.services.library.removeRoot(id);
    return new Response(null, { status: 204 });
  },
});
