import { define } from "@/define.ts";
import { readForm } from "@/lib/http/parse.ts";
import { backFrom } from "@/lib/pages/back.ts";
import { trayChange } from "@/lib/pages/tray_form.ts";
import { cardView } from "@/lib/shared/card_view.ts";

/** The tray's own data and forms. */
export const handler = define.handlers({
  async GET({ state }) {
    const items = await state.services.catalog.activeSet(state.viewer);
    return Response.json({ items: items.map(cardView) });
  },

  async POST({ req, state, redirect }) {
    const { catalog } = state.services;
    const { viewer } = state;
    const change = trayChange(await readForm(req), await catalog.activeSet(viewer));
    switch (change?.kind) {
      case "order":
        await catalog.reorder(change.ids, viewer);
        break;
      case "weight":
        await catalog.update(change.id, { weight: change.weight }, viewer);
        break;
      case "remove":
        await catalog.deactivate(change.id, viewer);
    }
    const wantsJson = req.headers.get("accept") === "application/json";
    return wantsJson ? new Response(null, { status: 204 }) : redirect(backFrom(req), 303);
  },
});
