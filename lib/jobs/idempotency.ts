import { createHash } from "node:crypto";
import type { Db, Tx } from "@/lib/db/schema.ts";
import { Conflict } from "@/lib/errors.ts";

/** An answer that is given again when the same request comes again. */
export interface Answer {
  status: number;
  /** JSON. */
  response: unknown;
}

/**
 * Does `work` once per key: a repetition gets the first answer, whether it comes later or at the same time. If `work`
 * throws, nothing is kept and the key is free.
 *
 * @param request.scope What the key is unique within: the caller and the route.
 * @param request.body As received.
 * @param work Writes only through `tx`, so that its effects and the answer are stored together or not at all.
 * @throws {Conflict} If the key came before with another body.
 */
export function once(
  db: Db,
  request: { key: string; scope: string; body: string | Uint8Array },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer & { repeated: boolean }> {
  const { key, scope } = request;
  const bodyHash = createHash("sha256").update(request.body).digest("hex");
  return db.transaction().execute(async (tx) => {
    // A simultaneous request with this key waits here until the other's transaction ends.
    const claimed = await tx.insertInto("idempotency")
      .values({ key, scope, body_hash: bodyHash, status: 0, response: "null" })
      .onConflict((conflict) => conflict.columns(["scope", "key"]).doNothing())
      .returning("key").executeTakeFirst();
    const own = tx.selectFrom("idempotency").where("scope", "=", scope).where("key", "=", key);
    if (!claimed) {
      const before = await own.select(["body_hash", "status", "response"])
        .executeTakeFirstOrThrow();
      if (before.body_hash !== bodyHash) {
        throw new Conflict("This Idempotency-Key was used with another body", {
          code: "idempotency_key_reused",
        });
      }
      return { status: before.status, response: before.response, repeated: true };
    }
    const answer = await work(tx);
    await tx.updateTable("idempotency")
      .set({ status: answer.status, response: JSON.stringify(answer.response) })
      .where("scope", "=", scope).where("key", "=", key).execute();
    return { ...answer, repeated: false };
  });
}
