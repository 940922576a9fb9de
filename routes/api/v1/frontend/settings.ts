import { define } from "@/define.ts";
import { VERSION } from "@/lib/version.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { viewer, services: { settings } } = ctx.state;
    const { theme } = await settings.get();
    return Response.json({
      version: VERSION,
      theme,
      role: viewer.role,
      nsfw_max: viewer.nsfwMax,
      nsfw_blur_from: viewer.nsfwBlurFrom,
    });
  },
});
