import { define } from "@/define.ts";
import { IdParams, parseParams } from "@/lib/http/parse.ts";
import { importView } from "@/lib/pages/import_data.ts";

/** The import page's own data, for its island. */
export const handler = define.handlers({
  async GET({ params, state, url }) {
    const { id } = parseParams(IdParams, params, "import");
    return Response.json(await importView(state.services, state.viewer, id, url));
  },
});
