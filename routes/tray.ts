import { define } from "@/define.ts";
import { readForm } from "@/lib/http/parse.ts";
import { backFrom } from "@/lib/pages/back.ts";
import { trayChange } from "@/lib/pages/tray_form.ts";

/** The tray's forms, for those without scripts. */
export const handler = define.handlers({
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
    return redirect(backFrom(req), 303);
  },
});
