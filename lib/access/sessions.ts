import type { Db, Role, Tx } from "@/lib/db/schema.ts";
import { isUsable, type Keys } from "./keys.ts";
import { hashSecret, isSameHash, randomToken } from "./secrets.ts";

const DAY_MS = 86_400_000;
const LIFETIME_MS = 30 * DAY_MS;
/** Expiry slides at most this often, so that reading a page rarely writes. */
const RENEW_EVERY_MS = DAY_MS;
const CACHE_MS = 3_000;
const CACHE_SIZE = 1_000;

/** A session with the key that opened it. */
export interface OpenSession {
  keyId: string;
  role: Role;
  nsfwMax: number | null;
  expiresAt: Date;
}

const sessions = (db: Db | Tx) => ({
  insert: (row: { token_hash: string; key_id: string; expires_at: Date }) =>
    db.insertInto("session").values(row).execute(),

  byHash: (hash: string) =>
    db.selectFrom("session").innerJoin("api_key", "api_key.id", "session.key_id").select([
      "session.token_hash",
      "session.key_id",
      "session.expires_at as session_expires_at",
      "api_key.role",
      "api_key.nsfw_max",
      "api_key.expires_at",
      "api_key.revoked_at",
    ]).where("session.token_hash", "=", hash).executeTakeFirst(),

  extend: (hash: string, expires_at: Date) =>
    db.updateTable("session").set({ expires_at }).where("token_hash", "=", hash).execute(),

  remove: (hash: string) => db.deleteFrom("session").where("token_hash", "=", hash).execute(),

  removeExpired: () => db.deleteFrom("session").where("expires_at", "<", new Date()).execute(),
});

/** Sessions of people who signed in with a key. They live as long as they are used, and never longer than the key. */
export class Sessions {
  readonly #db: Db;
  readonly #keys: Keys;
  readonly #known = new Map<string, { session: OpenSession; readAt: number }>();

  constructor({ db, keys }: { db: Db; keys: Keys }) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Signs in. @returns Null if the key is wrong, expired or revoked. */
  async open(key: string): Promise<{ token: string; expiresAt: Date } | null> {
    const row = await this.#keys.verify(key);
    if (!row) return null;
    const token = randomToken();
    const expiresAt = nextExpiry();
    await sessions(this.#db).removeExpired();
    await sessions(this.#db).insert({
      token_hash: hashSecret(token),
      key_id: row.id,
      expires_at: expiresAt,
    });
    return { token, expiresAt };
  }

  /**
   * The session of a token, its expiry moved on if it is due.
   *
   * @returns `renewed` asks for the cookie to be set again.
   */
  async find(token: string): Promise<{ session: OpenSession; renewed: boolean } | null> {
    const hash = hashSecret(token);
    const known = this.#known.get(hash);
    if (known && Date.now() - known.readAt <= CACHE_MS) {
      return { session: known.session, renewed: false };
    }
    const row = await sessions(this.#db).byHash(hash);
    if (!row || !isSameHash(row.token_hash, hash)) return null;
    if (!isUsable(row) || row.session_expires_at.getTime() <= Date.now()) {
      await this.close(token);
      return null;
    }
    const renewed = row.session_expires_at.getTime() - Date.now() < LIFETIME_MS - RENEW_EVERY_MS;
    const expiresAt = renewed ? nextExpiry() : row.session_expires_at;
    if (renewed) await sessions(this.#db).extend(hash, expiresAt);
    const session = { keyId: row.key_id, role: row.role, nsfwMax: row.nsfw_max, expiresAt };
    if (this.#known.size >= CACHE_SIZE) this.#known.clear();
    this.#known.set(hash, { session, readAt: Date.now() });
    await this.#keys.touch(row.key_id);
    return { session, renewed };
  }

  /** Signs out. */
  async close(token: string): Promise<void> {
    const hash = hashSecret(token);
    this.#known.delete(hash);
    await sessions(this.#db).remove(hash);
  }

  /** Forgets what was read, so that a revoked key's sessions end with the next request. */
  forget(): void {
    this.#known.clear();
  }
}

const nextExpiry = () => new Date(Date.now() + LIFETIME_MS);
