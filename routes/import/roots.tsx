import { page } from "fresh";
import { ImportPage } from "@/components/import/ImportPage.tsx";
import { define } from "@/define.ts";
import { readForm } from "@/lib/http/parse.ts";
import { importPageData } from "@/lib/pages/import_data.ts";
import { rootsRequest } from "@/lib/pages/import_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";

/** The forms about folders, apart from the import page's own because they need an admin. */
export const handler = define.handlers({
  GET: ({ redirect }) => redirect("/import", 303),

  async POST({ req, state, redirect }) {
    const { library, importer } = state.services;
    const typed = await readForm(req);
    try {
      const request = rootsRequest(typed);
      switch (request.intent) {
        case "remove":
          await library.removeRoot(request.id);
          return redirect("/import", 303);
        case "plan": {
          const { jobId } = await importer.plan(await library.folder(request.path), []);
          return redirect(`/import/${jobId}`, 303);
        }
        case "add": {
          const { jobId } = await importer.rescan(
            await library.addRoot(request.path, request.label),
          );
          return redirect(`/import/${jobId}`, 303);
        }
      }
    } catch (error) {
      const { status, faults } = refusalOf(error);
      const refused = { form: "roots" as const, faults, typed };
      return page({ ...await importPageData(state.services), refused }, { status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <ImportPage {...data} mayImport mayManage />
));
