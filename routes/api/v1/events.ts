import { define } from "@/define.ts";
import { jobEventStream } from "@/lib/events/stream.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { events, jobs, closing } = ctx.state.services;
    return jobEventStream(ctx.req, { events, jobs, ended: closing });
  },
});
