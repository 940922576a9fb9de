import { define } from "@/define.ts";
import { repeatableOf } from "@/lib/http/idempotency.ts";
import { parseBody } from "@/lib/http/parse.ts";
import { StartImport } from "@/lib/importer/schema.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const request = await parseBody(StartImport, ctx.req);
    const { services, viewer } = ctx.state;
    const { jobId } = await services.importer.start(request, repeatableOf(ctx.req, viewer));
    return Response.json({ job_id: jobId }, {
      status: 202,
      headers: { location: `/api/v1/imports/${jobId}` },
    });
  },
});
