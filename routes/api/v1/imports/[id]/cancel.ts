import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "import");
    await ctx.state.services.importer.cancel(id);
    return Response.json({ job_id: id, status: "cancelled" }, { status: 202 });
  },
});
