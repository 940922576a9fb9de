import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import type { FileHashes } from "./hash_file.ts";

export interface PendingHash {
  id: string;
  file_path: string;
  file_size: number | null;
}

export interface HashTarget {
  id: string;
  root_path: string;
  file_path: string;
  file_status: string;
  file_size: number | null;
  file_mtime: Date | null;
  hash_state: string;
  sha256: string | null;
}

const computed = ({ sha256, autov1, autov2, autov3 }: FileHashes) =>
  JSON.stringify({ sha256, autov1, autov2, ...(autov3 ? { autov3 } : {}) });

/** True while the record speaks of the very file that was hashed. */
const isSameFile = ({ sizeBytes, mtime }: FileHashes) =>
  sql<boolean>`file_size = ${sizeBytes} and
    abs(extract(epoch from file_mtime) * 1000 - ${mtime}::float8) < 1`;

export const fileHashes = (db: Db) => ({
  /** Files of a root still to be hashed, a page at a time. */
  pending: (rootId: string, afterId: string | null, limit: number): Promise<PendingHash[]> =>
    db.selectFrom("adapter").select(["id", "file_path", "file_size"])
      .where("root_id", "=", rootId).where("hash_state", "=", "pending")
      .where("file_status", "<>", "missing")
      .$if(afterId !== null, (query) => query.where("id", ">", afterId!))
      .orderBy("id").limit(limit).execute(),

  left: async (rootId: string): Promise<{ files: number; bytes: number }> => {
    const row = await db.selectFrom("adapter")
      .select((eb) => [
        eb.fn.countAll<number>().as("files"),
        eb.fn.sum<number | null>("file_size").as("bytes"),
      ])
      .where("root_id", "=", rootId).where("hash_state", "=", "pending")
      .where("file_status", "<>", "missing").executeTakeFirstOrThrow();
    return { files: Number(row.files), bytes: Number(row.bytes ?? 0) };
  },

  /**
   * Stores the hashes of a file. Where its sidecar had told another SHA-256, everything that the sidecar told of hashes goes.
   * And where a Civitai document was read as of a version with another hash, or none, that may be the wrong one: an
   * empty fingerprint has it read again.
   *
   * @returns Null if the record speaks of another file by now.
   */
  store: async (id: string, hashes: FileHashes): Promise<{ mustReread: boolean } | null> => {
    const json = computed(hashes);
    const { rows } = await sql<{ must_reread: boolean }>`
      update adapter set
        hashes = case when coalesce(hashes ->> 'sha256', ${hashes.sha256}) = ${hashes.sha256}
          then hashes || ${json}::text::jsonb else ${json}::text::jsonb end,
        hash_state = 'done',
        -- Bytes that can be hashed may still be no model: what its header said stands.
        file_status = case when file_status = 'unreadable' then file_status else 'present' end,
        fingerprint = case
          when civitai_model_id is not null and primary_file_sha256 is distinct from ${hashes.sha256}
          then '' else fingerprint end,
        updated_at = now()
      where id = ${id} and ${isSameFile(hashes)}
      returning fingerprint = '' as must_reread`.execute(db);
    return rows[0] ? { mustReread: rows[0].must_reread } : null;
  },

  fail: (id: string) =>
    db.updateTable("adapter")
      .set({ hash_state: "failed", file_status: "unreadable", updated_at: sql<Date>`now()` })
      .where("id", "=", id).execute(),

  setStatus: (id: string, file_status: "present" | "missing" | "changed" | "unreadable") =>
    db.updateTable("adapter").set({ file_status, updated_at: sql<Date>`now()` })
      .where("id", "=", id).where("file_status", "<>", file_status).execute(),

  target: (id: string): Promise<HashTarget | undefined> =>
    db.selectFrom("adapter").innerJoin("library_root", "library_root.id", "adapter.root_id")
      .select([
        "adapter.id",
        "library_root.path as root_path",
        "file_path",
        "file_status",
        "file_size",
        "file_mtime",
        "hash_state",
        sql<string | null>`hashes ->> 'sha256'`.as("sha256"),
      ]).where("adapter.id", "=", id).where("library_root.removed_at", "is", null)
      .executeTakeFirst(),

  /**
   * Recognises a renamed file by its content: if exactly one missing record held these bytes, and nobody has
   * touched the new record yet, the old record moves to where the new one is.
   *
   * @returns Whether it did.
   */
  reunite: async (id: string, sha256: string): Promise<boolean> => {
    const { rows } = await sql<{ id: string }>`
      select id from adapter
      where hashes ->> 'sha256' = ${sha256} and id <> ${id}
        and hash_state = 'done' and file_status = 'missing'
      for update`.execute(db);
    if (rows.length !== 1) return false;
    const { rows: removed } = await sql<Record<string, unknown>>`
      delete from adapter a
      where id = ${id} and edited_fields = '{}' and not active and usage_count = 0
        and not exists (select from collection_adapter c where c.adapter_id = a.id)
      returning root_id, file_path, file_size, file_mtime, file_format`.execute(db);
    const place = removed[0];
    if (!place) return false;
    await sql`
      update adapter set root_id = ${place.root_id}, file_path = ${place.file_path},
        file_size = ${place.file_size}, file_mtime = ${place.file_mtime},
        file_format = ${place.file_format}, file_status = 'present', fingerprint = '',
        updated_at = now()
      where id = ${rows[0]!.id}`.execute(db);
    return true;
  },
});
