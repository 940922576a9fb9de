import { Head } from "fresh/runtime";
import { page } from "fresh";
import { define } from "@/define.ts";
import { ConfirmDelete } from "@/components/library/ConfirmDelete.tsx";
import Library from "@/islands/Library.tsx";
import { mayActAs } from "@/lib/access/viewer.ts";
import { readForm } from "@/lib/http/parse.ts";
import { libraryData } from "@/lib/pages/library_data.ts";
import { libraryRequest } from "@/lib/pages/library_form.ts";
import { canonical, libraryHref } from "@/lib/shared/library_url.ts";

export const handler = define.handlers({
  async GET({ state, url, redirect }) {
    const { services, viewer } = state;
    const collections = await services.collections.list(viewer);
    const data = await libraryData(services, viewer, url, { facetsWith: collections });
    const isEmpty = data.total === 0 && data.facets?.hidden === 0 && url.search === "";
    if (isEmpty && (await services.library.roots()).length === 0) return redirect("/welcome", 303);
    return page({
      data,
      collections: collections.map(({ id, name }) => ({ id, name })),
      deleting: null,
    });
  },

  /** The same form without scripts; with them the island calls the API instead. */
  async POST({ req, state, url, redirect }) {
    const { catalog } = state.services;
    const request = libraryRequest(await readForm(req));
    switch (request.kind) {
      case "confirm delete":
        return page({ data: null, collections: [], deleting: request.ids });
      case "export":
        return Response.json(await catalog.byIds(request.ids, state.viewer), {
          headers: { "content-disposition": 'attachment; filename="loras.json"' },
        });
      case "bulk":
        await catalog.bulk({ ...request.action, ids: request.ids }, state.viewer);
    }
    return redirect(libraryHref(canonical(url.searchParams)), 303);
  },
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const search = canonical(url.searchParams);
  if (data.deleting) return <ConfirmDelete ids={data.deleting} search={search} />;
  return (
    <>
      <Head>
        <title>{titleOf(url)}</title>
      </Head>
      <Library
        search={search}
        data={data.data!}
        collections={data.collections}
        blurFrom={state.viewer.nsfwBlurFrom}
        mayWrite={mayActAs(state.viewer, "write")}
      />
    </>
  );
});

function titleOf(url: URL): string {
  const query = url.searchParams.get("q");
  return query ? `${query} – LoRA Manager` : "Library – LoRA Manager";
}
