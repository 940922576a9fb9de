import type { Viewer } from "@/lib/access/viewer.ts";
import type { Adapter } from "@/lib/catalog/schema.ts";
import type { Services } from "@/services.ts";
import { type FormFields, panelRequest } from "./adapter_form.ts";

/**
 * Does what one of the adapter page's small forms asks for.
 *
 * @returns Where to go then.
 * @throws {Invalid | NotFound | Conflict}
 */
export async function adapterChange(
  { catalog, collections }: Services,
  viewer: Viewer,
  adapter: Adapter,
  form: FormFields,
): Promise<string> {
  const { id } = adapter;
  const here = `/adapters/${id}`;
  const request = panelRequest(form, adapter);
  switch (request.kind) {
    case "update":
      await catalog.update(id, request.fields, viewer);
      return here;
    case "activate":
      await catalog.activate(id, undefined, viewer);
      return here;
    case "deactivate":
      await catalog.deactivate(id, viewer);
      return here;
    case "collect": {
      const wanted = request.name.toLowerCase();
      const all = await collections.list(viewer);
      const collection = all.find(({ name }) => name.toLowerCase() === wanted) ??
        await collections.create({ name: request.name });
      await catalog.bulk({ action: "collect", collection_id: collection.id, ids: [id] }, viewer);
      return here;
    }
    case "uncollect":
      await catalog.bulk({ action: "uncollect", collection_id: request.id, ids: [id] }, viewer);
      return here;
    case "verify":
      await catalog.verify(id, viewer);
      return `${here}?verifying=1`;
    case "delete":
      await catalog.remove(id, viewer);
      return "/";
    default:
      return here;
  }
}
