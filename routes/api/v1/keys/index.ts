import { define } from "@/define.ts";
import { CreateKey } from "@/lib/access/schema.ts";
import { parseBody } from "@/lib/http/parse.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ items: await ctx.state.services.access.keys.list() });
  },

  /** The only answer that ever carries a key. */
  async POST(ctx) {
    const fields = await parseBody(CreateKey, ctx.req);
    const made = await ctx.state.services.access.keys.create(fields, ctx.state.viewer);
    return Response.json(made, {
      status: 201,
      headers: { location: `/api/v1/keys/${made.record.id}`, "cache-control": "no-store" },
    });
  },
});
