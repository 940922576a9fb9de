import { define } from "@/define.ts";
import { ComposeRequest } from "@/lib/compose/schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const request = await parseBody(ComposeRequest, ctx.req);
    return Response.json(await ctx.state.services.compose.compose(request, ctx.state.viewer));
  },
});
