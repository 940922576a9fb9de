import type { Config } from "@/lib/config.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Forbidden, Unauthorized } from "@/lib/errors.ts";
import { type Client, isLoopback } from "@/lib/http/address.ts";
import { RateLimits } from "@/lib/http/rate_limit.ts";
import type { Settings } from "@/lib/settings/service.ts";
import { authenticate, type Authenticated } from "./authenticate.ts";
import { endedCookie, sessionCookie, sessionToken } from "./cookie.ts";
import { Keys } from "./keys.ts";
import { isPicture, neededRole } from "./rules.ts";
import { Sessions } from "./sessions.ts";
import { mayActAs, type Viewer } from "./viewer.ts";

type AccessConfig = Pick<
  Config,
  "host" | "publicOrigin" | "allowAnonymous" | "apiKeys" | "apiCallsPerMinute"
>;

/** The server would be open to strangers: it must not start. */
export class ExposedWithoutKey extends Error {
  override readonly name = "ExposedWithoutKey";
}

/** Who may do what: keys, sessions, and the decision for each request. */
export class Access {
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly limits: RateLimits;
  readonly #config: AccessConfig;
  readonly #settings: Settings;

  constructor({ db, config, settings }: { db: Db; config: AccessConfig; settings: Settings }) {
    this.#config = config;
    this.#settings = settings;
    this.limits = new RateLimits(config);
    this.keys = new Keys({ db, onRevoke: () => this.sessions.forget() });
    this.sessions = new Sessions({ db, keys: this.keys });
  }

  /** Takes over LM_API_KEYS. To be called once, before the first request. */
  async start(): Promise<void> {
    await this.keys.adoptEnvironment(this.#config.apiKeys);
  }

  /** @throws {ExposedWithoutKey} If others could reach the server and no key protects it. */
  async assertMayListen(): Promise<void> {
    if (!this.#isExposed() || this.#config.allowAnonymous || await this.keys.anyConfigured()) {
      return;
    }
    throw new ExposedWithoutKey(
      `Cannot listen on ${this.#config.host}: no API key is configured, so everyone who reaches this server ` +
        "would be its administrator. Make one (deno task keys create --role admin), set LM_API_KEYS, " +
        "or set LM_ALLOW_ANONYMOUS=1 if that is what you want.",
    );
  }

  /** True while nobody needs a key: none exists, and only this machine (or everyone, on purpose) can ask. */
  async isOpen(): Promise<boolean> {
    return (!this.#isExposed() || this.#config.allowAnonymous) &&
      !(await this.keys.anyConfigured());
  }

  /** @throws {Unauthorized | TooManyRequests} */
  async authenticate(request: Request, client: Client): Promise<Authenticated> {
    const { keys, sessions, limits } = this;
    return await authenticate(request, client, await this.#settings.get(), {
      keys,
      sessions,
      limits,
      isOpen: () => this.isOpen(),
    });
  }

  /** @throws {TooManyRequests} If this key or session has called the API too often. */
  async countCall({ kind, keyId }: Viewer, path: string): Promise<void> {
    if (kind === "session" && isPicture(path)) return;
    if (keyId !== null) await this.limits.countCall(kind === "key" ? "key" : "session", keyId);
  }

  /**
   * Decides whether `viewer` may send `method` to the canonical `path`.
   *
   * @throws {Unauthorized} If they should say who they are.
   * @throws {Forbidden} If they did, and may not.
   */
  authorize(viewer: Viewer, method: string, path: string): void {
    const need = neededRole(method, path);
    if (need === "public") return;
    if (viewer.kind === "anonymous") throw new Unauthorized();
    if (!mayActAs(viewer, need)) throw new Forbidden(`This needs the role ${need}`);
  }

  /**
   * Signs a person in with a key.
   *
   * @returns The `Set-Cookie` header.
   * @throws {Unauthorized | TooManyRequests}
   */
  async signIn(key: string, client: Client): Promise<string> {
    await this.limits.checkKeyAttempt(client.ip);
    const opened = await this.sessions.open(key);
    if (!opened) {
      await this.limits.countBadKey(client.ip);
      throw new Unauthorized("This key is wrong, expired or revoked");
    }
    return sessionCookie(opened.token, opened.expiresAt, client.secure);
  }

  /** Signs out. @returns The `Set-Cookie` header that removes the cookie. */
  async signOut(request: Request, client: Client): Promise<string> {
    const token = sessionToken(request);
    if (token !== null) await this.sessions.close(token);
    return endedCookie(client.secure);
  }

  #isExposed(): boolean {
    const { host, publicOrigin } = this.#config;
    return !isLoopback(host) ||
      (publicOrigin !== null && !isLoopback(new URL(publicOrigin).hostname));
  }
}
