import { define } from "@/define.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { status, components } = await ctx.state.services.health.readiness();
    const isKnown = ctx.state.viewer.kind !== "anonymous";
    return Response.json(isKnown ? { status, components } : { status }, {
      status: status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    });
  },
});
