import type { Viewer } from "@/lib/access/viewer.ts";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { newId } from "@/lib/shared/id.ts";
import type { Insertable } from "kysely";

/** Sees everything up to R, writes everything. */
export const viewer: Viewer = {
  kind: "local",
  role: "admin",
  keyId: null,
  nsfwMax: 4,
  nsfwBlurFrom: 4,
};

export async function addRoot(db: Db): Promise<string> {
  const id = newId();
  await db.insertInto("library_root").values({ id, path: `/loras/${id}`, label: "" }).execute();
  return id;
}

type Fields = Partial<Insertable<AdapterTable>>;

/** Inserts one adapter whose name is its stem unless `fields` says otherwise; returns its id. */
export async function addAdapter(
  db: Db,
  root_id: string,
  file_path: string,
  fields: Fields = {},
): Promise<string> {
  const id = fields.id ?? newId();
  const name = file_path.replace(/^.*\/|\.[^./]*$/g, "");
  await db.insertInto("adapter").values({ id, root_id, file_path, name, ...fields }).execute();
  return id;
}
