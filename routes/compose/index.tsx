import { page } from "fresh";
import { ComposePage } from "@/components/compose/ComposePage.tsx";
import { define } from "@/define.ts";
import { mayActAs } from "@/lib/access/viewer.ts";
import { readForm } from "@/lib/http/parse.ts";
import { composePageData } from "@/lib/pages/compose_data.ts";
import { changeComposition, composeChange, textAt } from "@/lib/pages/compose_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";
import { composeHref, composeText, withoutPhrase, withPhrase } from "@/lib/shared/compose_text.ts";
import type { Faults } from "@/lib/shared/faults.ts";

export const handler = define.handlers({
  async GET({ state, url, redirect }) {
    const fields = Object.fromEntries(url.searchParams);
    const text = composeText(fields);
    if (fields.add) return redirect(composeHref(withPhrase(text, fields.add)), 303);
    if (fields.drop) return redirect(composeHref(withoutPhrase(text, fields.drop)), 303);
    const data = await composePageData(state.services, state.viewer, text, fields.find ?? "");
    return page({ text, ...data, said: fields.said, faults: {} as Faults });
  },

  async POST({ req, state, redirect }) {
    const { services, viewer } = state;
    const fields = await readForm(req);
    const text = textAt(req, fields);
    try {
      const done = await changeComposition(services, viewer, composeChange(fields), text);
      return redirect(composeHref(done.text, done.note), 303);
    } catch (error) {
      const { status, faults } = refusalOf(error);
      const data = await composePageData(services, viewer, text, "");
      return page({ text, ...data, said: undefined, faults }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <ComposePage
    {...data}
    said={data.said && SAID[data.said]}
    blurFrom={state.viewer.nsfwBlurFrom}
    mayWrite={mayActAs(state.viewer, "write")}
  />
));

/** By code: what a page says is never what a link to it wants it to say. */
const SAID: Record<string, string> = {
  saved: "Recipe saved.",
  replaced: "The recipe is now what you see here.",
  renamed: "Recipe renamed.",
  deleted: "Recipe deleted.",
  applied: "The recipe is in use.",
  partly: "The recipe is in use, without the LoRAs that are not in the library.",
  imported: "Recipes imported.",
};
