import { page } from "fresh";
import { ComposePage } from "@/components/compose/ComposePage.tsx";
import { define } from "@/define.ts";
import { composePageData } from "@/lib/pages/compose_data.ts";
import { textAt, uploadedRecipes } from "@/lib/pages/compose_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";
import { composeHref } from "@/lib/shared/compose_text.ts";

/** The upload of recipes, apart from the composer's other forms because it carries a file. */
export const handler = define.handlers({
  GET: ({ redirect }) => redirect("/compose", 303),

  async POST({ req, state, redirect }) {
    const { services, viewer } = state;
    const text = textAt(req);
    try {
      await services.recipes.import(await uploadedRecipes(req), viewer);
      return redirect(composeHref(text, { said: "imported" }), 303);
    } catch (error) {
      const { status, faults } = refusalOf(error);
      return page({ text, ...await composePageData(services, viewer, text, ""), faults }, {
        status,
      });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <ComposePage {...data} blurFrom={state.viewer.nsfwBlurFrom} mayWrite />
));
