import { define } from "@/define.ts";
import { BulkRequest } from "@/lib/catalog/schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const request = await parseBody(BulkRequest, ctx.req);
    return Response.json(await ctx.state.services.catalog.bulk(request, ctx.state.viewer));
  },
});
