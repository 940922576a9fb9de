import { define } from "@/define.ts";

/** What composing knows of the active set, for the composer's island. */
export const handler = define.handlers({
  async GET({ state }) {
    const { items } = await state.services.compose.state({}, state.viewer);
    return Response.json({ items });
  },
});
