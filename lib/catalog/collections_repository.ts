import { type Insertable, sql, type Updateable } from "kysely";
import type { CollectionTable, Db } from "@/lib/db/schema.ts";
import { NotFound } from "@/lib/errors.ts";
import { idList } from "./id_list.ts";

const COLUMNS = ["id", "name", "description", "created_at", "updated_at"] as const;

export const collections = (db: Db) => ({
  list: () => db.selectFrom("collection").select(COLUMNS).orderBy("name").execute(),

  find: (id: string) =>
    db.selectFrom("collection").select(COLUMNS).where("id", "=", id).executeTakeFirst(),

  /** Undefined if the name is taken. */
  insert: (row: Insertable<CollectionTable>) =>
    db.insertInto("collection").values(row)
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning(COLUMNS).executeTakeFirst(),

  namesake: (name: string, except: string) =>
    db.selectFrom("collection").select("id").where("name", "=", name).where("id", "!=", except)
      .executeTakeFirst(),

  update: (id: string, values: Updateable<CollectionTable>) =>
    db.updateTable("collection").set({ ...values, updated_at: sql`now()` }).where("id", "=", id)
      .returning(COLUMNS).executeTakeFirst(),

  remove: (id: string) =>
    db.deleteFrom("collection").where("id", "=", id).returning("id").executeTakeFirst(),
});

/** Who is in a collection. */
export const collectionMembers = (db: Db) => ({
  /** @throws {NotFound} If there is no such collection. */
  async add(collectionId: string, ids: readonly string[]): Promise<void> {
    // Locked, so that it cannot be deleted between the look and the insert.
    const found = await db.selectFrom("collection").select("id").where("id", "=", collectionId)
      .forKeyShare().executeTakeFirst();
    if (!found) throw new NotFound("collection", collectionId);
    await sql`insert into collection_adapter (collection_id, adapter_id)
      select ${collectionId}::uuid, id from unnest(${idList(ids)}) as id
      on conflict do nothing`.execute(db);
  },

  remove: (collectionId: string, ids: readonly string[]) =>
    db.deleteFrom("collection_adapter").where("collection_id", "=", collectionId)
      .where(sql<boolean>`adapter_id = any(${idList(ids)})`).execute(),
});
