import { define } from "@/define.ts";
import { jobEventStream } from "@/lib/events/stream.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "import");
    const { events, importer, jobs, closing } = ctx.state.services;
    await importer.find(id);
    return jobEventStream(ctx.req, { events, jobs, jobId: id, ended: closing });
  },
});
