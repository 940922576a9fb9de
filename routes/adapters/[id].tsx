import { Head } from "fresh/runtime";
import { page } from "fresh";
import { AdapterPicture } from "@/components/adapter/AdapterPicture.tsx";
import { DeleteRecord } from "@/components/adapter/DeleteRecord.tsx";
import { Details } from "@/components/adapter/Details.tsx";
import { EditForm } from "@/components/adapter/EditForm.tsx";
import { FileFacts } from "@/components/adapter/FileFacts.tsx";
import { Icon } from "@/components/Icon.tsx";
import { define } from "@/define.ts";
import AdapterPanel from "@/islands/AdapterPanel.tsx";
import { mayActAs } from "@/lib/access/viewer.ts";
import { Conflict, Invalid, type Issue } from "@/lib/errors.ts";
import { IdParams, parseParams, readForm } from "@/lib/http/parse.ts";
import { adapterChange } from "@/lib/pages/adapter_change.ts";
import { changedFields, editedFields, type FormFields } from "@/lib/pages/adapter_form.ts";
import { adapterPanelView } from "@/lib/shared/adapter_panel.ts";

export const handler = define.handlers({
  async GET({ state, params }) {
    const { services, viewer } = state;
    const { id } = parseParams(IdParams, params, "adapter");
    const [adapter, collections] = await Promise.all([
      services.catalog.get(id, viewer),
      services.collections.list(viewer),
    ]);
    return page({
      adapter,
      collections: collections.map(({ id, name }) => ({ id, name })),
      typed: null as FormFields | null,
      issues: [] as Issue[],
    });
  },

  /** The panel's forms, and the edit form, for those without scripts. */
  async POST({ req, state, params, url, redirect }) {
    const { services, viewer } = state;
    const { id } = parseParams(IdParams, params, "adapter");
    const adapter = await services.catalog.get(id, viewer);
    const form = await readForm(req);
    if (!url.searchParams.has("edit")) {
      return redirect(await adapterChange(services, viewer, adapter, form), 303);
    }
    try {
      const fields = changedFields(adapter, editedFields(form));
      if (Object.keys(fields).length > 0) await services.catalog.update(id, fields, viewer);
      return redirect(`/adapters/${id}`, 303);
    } catch (error) {
      const issues = issuesOf(error);
      return page({ adapter, collections: [], typed: form, issues }, { status: 422 });
    }
  },
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const { adapter, collections, typed, issues } = data;
  const mayWrite = mayActAs(state.viewer, "write");
  const title = (
    <Head>
      <title>{adapter.name} – LoRA Manager</title>
    </Head>
  );
  if (mayWrite && url.searchParams.has("edit")) {
    return (
      <>
        {title}
        <EditForm adapter={adapter} typed={typed} issues={issues} />
      </>
    );
  }
  if (mayWrite && url.searchParams.get("confirm") === "delete") {
    return <DeleteRecord id={adapter.id} name={adapter.name} />;
  }
  return (
    <article class="adapter">
      {title}
      <div class="adapter-side">
        <AdapterPicture adapter={adapter} blurFrom={state.viewer.nsfwBlurFrom} />
        <FileFacts
          adapter={adapter}
          mayWrite={mayWrite}
          verifying={url.searchParams.has("verifying")}
        />
        {mayWrite && (
          <a class="btn btn-quiet-danger w-fit" href={`/adapters/${adapter.id}?confirm=delete`}>
            <Icon name="trash-2" />
            Delete record
          </a>
        )}
      </div>
      <div class="adapter-main">
        <AdapterPanel
          adapter={adapterPanelView(adapter)}
          collections={collections}
          mayWrite={mayWrite}
        />
        <Details adapter={adapter} />
      </div>
    </article>
  );
});

/** What the form shows beside its fields; anything else is not the user's to repair. */
function issuesOf(error: unknown): readonly Issue[] {
  if (error instanceof Invalid) return error.issues;
  if (error instanceof Conflict) return [{ path: "name", message: error.message }];
  throw error;
}
