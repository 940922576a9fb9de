import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";
import { viewJob } from "@/lib/jobs/schema.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "job");
    return Response.json(viewJob(await ctx.state.services.jobs.get(id)));
  },
});
