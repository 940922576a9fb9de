import { page } from "fresh";
import { ImportPage } from "@/components/import/ImportPage.tsx";
import { define } from "@/define.ts";
import { mayActAs } from "@/lib/access/viewer.ts";
import { readForm } from "@/lib/http/parse.ts";
import { importPageData } from "@/lib/pages/import_data.ts";
import { importRequest } from "@/lib/pages/import_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";

export const handler = define.handlers({
  async GET({ state }) {
    return page({ ...await importPageData(state.services), refused: undefined });
  },

  async POST({ req, state, redirect }) {
    const typed = await readForm(req);
    try {
      const { jobId } = await state.services.importer.start(importRequest(typed));
      return redirect(`/import/${jobId}`, 303);
    } catch (error) {
      const { status, faults } = refusalOf(error);
      const refused = { form: "start" as const, faults, typed };
      return page({ ...await importPageData(state.services), refused }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <ImportPage
    {...data}
    mayImport={mayActAs(state.viewer, "write")}
    mayManage={mayActAs(state.viewer, "admin")}
  />
));
