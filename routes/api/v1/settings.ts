import { define } from "@/define.ts";
import { parseBody } from "@/lib/http/parse.ts";
import { SettingsPatch } from "@/lib/settings/schema.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return Response.json({ settings: await ctx.state.services.settings.get() });
  },

  async PATCH(ctx) {
    const patch = await parseBody(SettingsPatch, ctx.req);
    return Response.json({ settings: await ctx.state.services.settings.update(patch) });
  },
});
