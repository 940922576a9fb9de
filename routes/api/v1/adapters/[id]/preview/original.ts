import { define } from "@/define.ts";
import { fileResponse } from "@/lib/http/file_response.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const { services, viewer } = ctx.state;
    return await fileResponse(ctx.req, await services.previews.original(id, viewer));
  },
});
