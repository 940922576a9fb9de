import { define } from "@/define.ts";
import { exported } from "@/lib/catalog/export.ts";
import { ExportQuery } from "@/lib/catalog/schema.ts";
import { parseQuery } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { format, ...filter } = parseQuery(ExportQuery.strict(), ctx.url);
    const rows = ctx.state.services.catalog.exportRows(filter, ctx.state.viewer);
    const { body, contentType } = exported(rows, format);
    return new Response(body, {
      headers: {
        "content-type": contentType,
        "content-disposition": `attachment; filename="loras.${format}"`,
        "cache-control": "private, no-store",
      },
    });
  },
});
