import { define } from "@/define.ts";
import { IdParams, parseParams, parseQuery } from "@/lib/http/parse.ts";
import { ReportPage } from "@/lib/importer/schema.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "import");
    const page = parseQuery(ReportPage, ctx.url);
    return Response.json(await ctx.state.services.importer.report(id, page, ctx.state.viewer));
  },
});
