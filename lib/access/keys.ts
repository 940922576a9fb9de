import { Conflict, Forbidden, NotFound } from "@/lib/errors.ts";
import type { Config } from "@/lib/config.ts";
import type { Db } from "@/lib/db/schema.ts";
import { newId } from "@/lib/shared/id.ts";
import { type KeyRow, keys } from "./keys_repository.ts";
import type { CreateKey, KeyView } from "./schema.ts";
import { hashSecret, isSameHash, randomToken } from "./secrets.ts";
import { mayActAs, type Viewer } from "./viewer.ts";

/** Marks rows that stand for a key of LM_API_KEYS; keys made here start with `lm_`. */
const ENVIRONMENT_PREFIX = "env";
/** How long another process may take to notice a revocation; this one notices at once. */
const CACHE_MS = 3_000;
const TOUCH_EVERY_MS = 60_000;

/** API keys. Only their hashes are stored; the text of a key exists when it is made, and in its user's hands. */
export class Keys {
  readonly #db: Db;
  readonly #valid = new Map<string, { row: KeyRow; readAt: number }>();
  readonly #touchedAt = new Map<string, number>();
  readonly #onRevoke: () => void;
  #any: { value: boolean; readAt: number } | null = null;

  /** @param onRevoke Called after keys lost their power, to end what they opened. */
  constructor({ db, onRevoke = () => {} }: { db: Db; onRevoke?: () => void }) {
    this.#db = db;
    this.#onRevoke = onRevoke;
  }

  /** Makes the stored rows agree with LM_API_KEYS: what was removed there stops working. */
  async adoptEnvironment(configured: Config["apiKeys"]): Promise<void> {
    const hashes = new Set(configured.map(({ key }) => hashSecret(key.reveal())));
    await this.#db.transaction().execute(async (tx) => {
      const stale = (await keys(tx).unrevoked())
        .filter((row) => row.prefix === ENVIRONMENT_PREFIX && !hashes.has(row.key_hash));
      await keys(tx).revoke(stale.map(({ id }) => id));
      for (const { role, key } of configured) {
        await keys(tx).upsertByHash({
          id: newId(),
          name: `LM_API_KEYS (${role})`,
          role,
          prefix: ENVIRONMENT_PREFIX,
          key_hash: hashSecret(key.reveal()),
          nsfw_max: null,
          expires_at: null,
        });
      }
    });
    this.#forget();
  }

  async list(): Promise<KeyView[]> {
    return (await keys(this.#db).list()).map(toView);
  }

  /** True once any key exists that was not revoked: from then on every request needs one. */
  async anyConfigured(): Promise<boolean> {
    if (!this.#any || Date.now() - this.#any.readAt > CACHE_MS) {
      const value = (await keys(this.#db).unrevoked()).length > 0;
      this.#any = { value, readAt: Date.now() };
    }
    return this.#any.value;
  }

  /**
   * Makes a key.
   *
   * @returns `key` is shown this once and cannot be had again.
   * @throws {Forbidden} If it could do more, see more or live longer than the key that makes it.
   * @throws {Conflict} If the first key of all is not an admin's: nobody could make another.
   */
  async create(fields: CreateKey, maker: Viewer): Promise<{ key: string; record: KeyView }> {
    const expires_at = fields.expires_at ? new Date(fields.expires_at) : null;
    const nsfw_max = fields.nsfw_max ?? null;
    await this.#assertNotWider({ role: fields.role, nsfw_max, expires_at }, maker);
    if (fields.role !== "admin" && !(await this.anyConfigured())) {
      throw new Conflict("The first key must be an admin key, or nobody could manage the server", {
        code: "first_key_not_admin",
      });
    }
    const key = `lm_${randomToken()}`;
    const row = await keys(this.#db).insert({
      id: newId(),
      name: fields.name,
      role: fields.role,
      prefix: key.slice(0, 7),
      key_hash: hashSecret(key),
      nsfw_max,
      expires_at,
    });
    this.#forget();
    return { key, record: toView(row) };
  }

  /**
   * Ends a key and every session opened with it. Ending an ended key changes nothing.
   *
   * @throws {NotFound}
   * @throws {Conflict} For a key of the environment, or the last admin key while others remain.
   */
  async revoke(id: string): Promise<void> {
    await this.#db.transaction().execute(async (tx) => {
      const row = await keys(tx).byId(id);
      if (!row) throw new NotFound("key", id);
      if (row.revoked_at) return;
      if (row.prefix === ENVIRONMENT_PREFIX) {
        throw new Conflict("This key is set in LM_API_KEYS; remove it there and restart", {
          code: "key_from_environment",
        });
      }
      const others = (await keys(tx).unrevoked()).filter((other) => other.id !== id);
      const admins = others.filter((other) => other.role === "admin" && !isExpired(other));
      if (row.role === "admin" && others.length > 0 && admins.length === 0) {
        throw new Conflict("This is the last admin key; revoke the other keys first", {
          code: "last_admin_key",
        });
      }
      await keys(tx).revoke([id]);
    });
    this.#forget();
    this.#onRevoke();
  }

  /** The row of a key that is right, unexpired and unrevoked; null otherwise. */
  async verify(key: string): Promise<KeyRow | null> {
    const hash = hashSecret(key);
    const cached = this.#valid.get(hash);
    const isRecent = cached && Date.now() - cached.readAt <= CACHE_MS;
    const row = isRecent ? cached.row : await keys(this.#db).byHash(hash);
    if (!row || !isSameHash(row.key_hash, hash) || !isUsable(row)) {
      this.#valid.delete(hash);
      return null;
    }
    if (!isRecent) this.#valid.set(hash, { row, readAt: Date.now() });
    await this.touch(row.id);
    return row;
  }

  /** Notes that a key was used, at most once a minute. */
  async touch(id: string): Promise<void> {
    const now = Date.now();
    if (now - (this.#touchedAt.get(id) ?? 0) < TOUCH_EVERY_MS) return;
    this.#touchedAt.set(id, now);
    await keys(this.#db).touch(id, new Date(now));
  }

  async #assertNotWider(
    wanted: Pick<KeyRow, "role" | "nsfw_max" | "expires_at">,
    maker: Viewer,
  ): Promise<void> {
    const refuse = (what: string) => {
      throw new Forbidden(`A key cannot make one that ${what}`, { code: "wider_key" });
    };
    if (!mayActAs(maker, wanted.role)) refuse("may do more than itself");
    if (maker.keyId === null) return;
    const own = await keys(this.#db).byId(maker.keyId);
    if (!own) throw new NotFound("key", maker.keyId);
    if (own.nsfw_max !== null && (wanted.nsfw_max === null || wanted.nsfw_max > own.nsfw_max)) {
      refuse("sees more than itself");
    }
    if (own.expires_at && (!wanted.expires_at || wanted.expires_at > own.expires_at)) {
      refuse("lives longer than itself");
    }
  }

  #forget(): void {
    this.#valid.clear();
    this.#any = null;
  }
}

const isExpired = (row: Pick<KeyRow, "expires_at">) =>
  row.expires_at !== null && row.expires_at.getTime() <= Date.now();

export const isUsable = (row: Pick<KeyRow, "expires_at" | "revoked_at">): boolean =>
  row.revoked_at === null && !isExpired(row);

function toView(row: KeyRow): KeyView {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix === ENVIRONMENT_PREFIX ? "" : row.prefix,
    source: row.prefix === ENVIRONMENT_PREFIX ? "environment" : "made",
    nsfw_max: row.nsfw_max,
    created_at: row.created_at.toISOString(),
    expires_at: time(row.expires_at),
    last_used_at: time(row.last_used_at),
    revoked_at: time(row.revoked_at),
  };
}
