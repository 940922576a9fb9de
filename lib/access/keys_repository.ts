import type { Selectable } from "kysely";
import type { ApiKeyTable, Db, Role, Tx } from "@/lib/db/schema.ts";

const COLUMNS = [
  "id",
  "name",
  "role",
  "prefix",
  "key_hash",
  "nsfw_max",
  "created_at",
  "expires_at",
  "last_used_at",
  "revoked_at",
] as const;

export type KeyRow = Selectable<ApiKeyTable>;

export interface NewKey {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  key_hash: string;
  nsfw_max: number | null;
  expires_at: Date | null;
}

export const keys = (db: Db | Tx) => ({
  list: (): Promise<KeyRow[]> =>
    db.selectFrom("api_key").select(COLUMNS).orderBy("created_at", "desc").orderBy("id", "desc")
      .execute(),

  byId: (id: string): Promise<KeyRow | undefined> =>
    db.selectFrom("api_key").select(COLUMNS).where("id", "=", id).executeTakeFirst(),

  byHash: (hash: string): Promise<KeyRow | undefined> =>
    db.selectFrom("api_key").select(COLUMNS).where("key_hash", "=", hash).executeTakeFirst(),

  /** Keys that were not revoked; expired ones count, because expiry must never open a server. */
  unrevoked: (): Promise<KeyRow[]> =>
    db.selectFrom("api_key").select(COLUMNS).where("revoked_at", "is", null).execute(),

  insert: (key: NewKey): Promise<KeyRow> =>
    db.insertInto("api_key").values(key).returning(COLUMNS).executeTakeFirstOrThrow(),

  /** Makes the row say what the environment says, whether or not it was there. */
  upsertByHash: async (key: NewKey): Promise<void> => {
    await db.insertInto("api_key").values(key).onConflict((conflict) =>
      conflict.column("key_hash").doUpdateSet({ role: key.role, revoked_at: null })
    ).execute();
  },

  revoke: async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    await db.deleteFrom("session").where("key_id", "in", ids).execute();
    await db.updateTable("api_key").set({ revoked_at: new Date() })
      .where("id", "in", ids).where("revoked_at", "is", null).execute();
  },

  touch: async (id: string, at: Date): Promise<void> => {
    await db.updateTable("api_key").set({ last_used_at: at }).where("id", "=", id).execute();
  },
});
