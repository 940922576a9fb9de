import { sql } from "kysely";
import type { Db, Preview } from "@/lib/db/schema.ts";
import { recordset } from "@/lib/db/recordset.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import type { Viewer } from "@/lib/access/viewer.ts";

export interface PreviewRow {
  id: string;
  name: string;
  root_path: string;
  file_path: string;
  preview: Preview | null;
}

const rows = (db: Db) =>
  db.selectFrom("adapter").innerJoin("library_root", "library_root.id", "adapter.root_id")
    .select([
      "adapter.id",
      "adapter.name",
      "adapter.nsfw_level",
      "library_root.path as root_path",
      "adapter.file_path",
      "adapter.preview",
      "library_root.removed_at",
    ]);

export const previews = (db: Db) => ({
  /** Undefined too if the viewer may not see the adapter: then it does not exist for them. */
  find: async (id: string, viewer: Pick<Viewer, "nsfwMax">): Promise<PreviewRow | undefined> => {
    const row = await rows(db).where("adapter.id", "=", id).executeTakeFirst();
    if (!row || nsfwRank(row.nsfw_level) > viewer.nsfwMax) return undefined;
    // A folder that was removed is a folder that must not be read any more.
    return row.removed_at ? { ...row, preview: null } : row;
  },

  pending: (rootId: string, afterId: string | null, limit: number): Promise<PreviewRow[]> =>
    rows(db).where("root_id", "=", rootId)
      .where(sql<boolean>`preview ->> 'hash' = ''`)
      .$if(afterId !== null, (query) => query.where("adapter.id", ">", afterId!))
      .orderBy("adapter.id").limit(limit).execute(),

  countPending: async (rootId: string): Promise<number> => {
    const { count } = await db.selectFrom("adapter")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("root_id", "=", rootId).where(sql<boolean>`preview ->> 'hash' = ''`)
      .executeTakeFirstOrThrow();
    return Number(count);
  },

  /** Stores what was found out, unless a scan has chosen another preview meanwhile. */
  store: async (found: { id: string; path: string | null; preview: Preview | null }[]) => {
    const columns = { id: "uuid", path: "text", preview: "jsonb" };
    await sql`
      update adapter a set preview = nullif(r.preview, 'null'::jsonb), updated_at = now()
      from ${recordset(JSON.stringify(found), "r", columns)}
      where a.id = r.id and a.preview ->> 'hash' = ''
        and a.preview ->> 'path' is not distinct from r.path`.execute(db);
  },
});
