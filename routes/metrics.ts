import { define } from "@/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { metrics } = ctx.state.services;
    return new Response(await metrics.text(), {
      headers: { "content-type": metrics.contentType, "cache-control": "no-store" },
    });
  },
});
