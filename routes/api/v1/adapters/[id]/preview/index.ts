import { define } from "@/define.ts";
import { PreviewQuery } from "@/lib/catalog/schema.ts";
import { isFresh } from "@/lib/http/etag.ts";
import { IdParams, parseParams, parseQuery } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { id } = parseParams(IdParams, ctx.params, "adapter");
    const { w, v } = parseQuery(PreviewQuery, ctx.url);
    const { path, etag } = await ctx.state.services.previews.thumbnail(id, w, ctx.state.viewer);
    const headers = {
      etag,
      // Private, because what may be seen depends on who asks; with a version the picture never changes.
      "cache-control": v === undefined
        ? "private, no-cache"
        : "private, max-age=31536000, immutable",
    };
    if (isFresh(ctx.req, etag)) return new Response(null, { status: 304, headers });
    return new Response((await Deno.open(path)).readable, {
      headers: { ...headers, "content-type": "image/webp" },
    });
  },
});
