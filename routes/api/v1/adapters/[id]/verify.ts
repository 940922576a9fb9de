import { define } from "@/define.ts";
import { repeatableOf } from "@/lib/http/idempotency.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const { viewer, services } = ctx.state;
    const { jobId } = await services.catalog.verify(id, viewer, repeatableOf(ctx.req, viewer));
    return Response.json({ job_id: jobId }, { status: 202 });
  },
});
