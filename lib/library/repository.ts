import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";

const COLUMNS = ["id", "path", "label", "created_at", "last_scan_at", "last_scan_files"] as const;

export interface RootRow {
  id: string;
  path: string;
  label: string;
  created_at: Date;
  last_scan_at: Date | null;
  last_scan_files: number | null;
}

export const libraryRoots = (db: Db) => ({
  list: (): Promise<RootRow[]> =>
    db.selectFrom("library_root").select(COLUMNS).where("removed_at", "is", null)
      .orderBy("path").execute(),

  find: (id: string): Promise<RootRow | undefined> =>
    db.selectFrom("library_root").select(COLUMNS).where("id", "=", id)
      .where("removed_at", "is", null).executeTakeFirst(),

  /** Adds a root, or brings back a removed one together with its records. */
  add: (row: { id: string; path: string; label: string }): Promise<RootRow> =>
    db.insertInto("library_root").values(row)
      .onConflict((conflict) =>
        conflict.column("path").doUpdateSet({ removed_at: null, label: row.label })
      ).returning(COLUMNS).executeTakeFirstOrThrow(),

  remove: async (id: string): Promise<boolean> => {
    const result = await db.updateTable("library_root").set({ removed_at: sql<Date>`now()` })
      .where("id", "=", id).where("removed_at", "is", null).executeTakeFirst();
    return result.numUpdatedRows > 0n;
  },

  noteScan: (id: string, files: number) =>
    db.updateTable("library_root").set({ last_scan_at: sql<Date>`now()`, last_scan_files: files })
      .where("id", "=", id).execute(),

  /** Records per root, and how many of them have no file. */
  counts: () =>
    db.selectFrom("adapter").select((eb) => [
      "root_id",
      eb.fn.countAll<number>().as("adapters"),
      eb.fn.countAll<number>().filterWhere("file_status", "=", "missing").as("missing"),
    ]).groupBy("root_id").execute(),

  /** One statement at a time may change the set of roots, or two concurrent adds could nest. */
  lock: () => sql`lock table library_root in share row exclusive mode`.execute(db),
});
