import { define } from "@/define.ts";
import { parseQuery } from "@/lib/http/parse.ts";
import { JobQuery, viewJob } from "@/lib/jobs/schema.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const jobs = await ctx.state.services.jobs.list(parseQuery(JobQuery, ctx.url));
    return Response.json({ items: jobs.map(viewJob) });
  },
});
