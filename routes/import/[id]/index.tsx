import { Head } from "fresh/runtime";
import { page } from "fresh";
import { z } from "zod";
import { define } from "@/define.ts";
import ImportJob from "@/islands/ImportJob.tsx";
import { mayActAs } from "@/lib/access/viewer.ts";
import { ReportPage } from "@/lib/importer/schema.ts";
import { IdParams, parseForm, parseParams, parseQuery } from "@/lib/http/parse.ts";
import { importView } from "@/lib/pages/import_data.ts";

const JobForm = z.object({ intent: z.enum(["cancel", "for real"]) });

export const handler = define.handlers({
  async GET({ params, state, url }) {
    const { id } = parseParams(IdParams, params, "import");
    const { outcome, offset } = parseQuery(ReportPage, url);
    const view = await importView(state.services, state.viewer, id, url);
    return page({ view, outcome: outcome ?? null, offset });
  },

  async POST({ params, req, state, redirect }) {
    const { importer } = state.services;
    const { id } = parseParams(IdParams, params, "import");
    const { intent } = await parseForm(JobForm, req);
    if (intent === "cancel") {
      await importer.cancel(id);
      return redirect(`/import/${id}`, 303);
    }
    const { jobId } = await importer.doForReal(id);
    return redirect(`/import/${jobId}`, 303);
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <div class="page-narrow parts">
    <Head>
      <title>{data.view.status.dry_run ? "Dry run" : "Import"} – LoRA Manager</title>
    </Head>
    <ImportJob
      {...data}
      mayWrite={mayActAs(state.viewer, "write")}
      blurFrom={state.viewer.nsfwBlurFrom}
    />
  </div>
));
