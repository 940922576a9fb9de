import { define } from "@/define.ts";

export const handler = define.handlers({
  /** Only by POST: a picture or a link elsewhere must not sign anyone out. */
  async POST({ req, state }) {
    const cookie = await state.services.access.signOut(req, state.client);
    return new Response(null, {
      status: 303,
      headers: { location: "/login?out=1", "set-cookie": cookie },
    });
  },
});
