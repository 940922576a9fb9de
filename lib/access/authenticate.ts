import { Unauthorized } from "@/lib/errors.ts";
import type { Client } from "@/lib/http/address.ts";
import type { Credential } from "@/lib/http/origin.ts";
import type { RateLimits } from "@/lib/http/rate_limit.ts";
import type { SettingValues } from "@/lib/settings/schema.ts";
import { sessionCookie, sessionToken } from "./cookie.ts";
import type { Keys } from "./keys.ts";
import type { Sessions } from "./sessions.ts";
import type { Viewer } from "./viewer.ts";

export interface Authenticated {
  viewer: Viewer;
  credential: Credential;
  /** Set when a session was prolonged: the cookie to send along. */
  cookie: string | null;
}

export interface AuthenticateDeps {
  keys: Keys;
  sessions: Sessions;
  limits: RateLimits;
  /** True while nobody needs a key. */
  isOpen: () => Promise<boolean>;
}

/**
 * Finds out who asks: a key in a header wins over the session cookie, and a wrong key is never saved by a
 * good cookie.
 *
 * @throws {Unauthorized} For a wrong key.
 * @throws {TooManyRequests} After too many wrong ones.
 */
export async function authenticate(
  request: Request,
  client: Client,
  settings: SettingValues,
  { keys, sessions, limits, isOpen }: AuthenticateDeps,
): Promise<Authenticated> {
  const seeing = (own: number | null) => ({
    nsfwMax: Math.min(own ?? settings.nsfw_max, settings.nsfw_max),
    nsfwBlurFrom: settings.nsfw_blur_from,
  });

  const key = keyIn(request);
  if (key !== null) {
    await limits.checkKeyAttempt(client.ip);
    const row = await keys.verify(key);
    if (row) {
      const viewer: Viewer = {
        kind: "key",
        role: row.role,
        keyId: row.id,
        ...seeing(row.nsfw_max),
      };
      return { viewer, credential: "explicit", cookie: null };
    }
    // While no key exists a client's left-over key is harmless; it must not lock the owner out.
    if (!(await isOpen())) {
      await limits.countBadKey(client.ip);
      throw new Unauthorized("This key is wrong, expired or revoked");
    }
  }

  const token = sessionToken(request);
  const found = token === null ? null : await sessions.find(token);
  if (token !== null && found) {
    const { session, renewed } = found;
    const viewer: Viewer = {
      kind: "session",
      role: session.role,
      keyId: session.keyId,
      ...seeing(session.nsfwMax),
    };
    const cookie = renewed ? sessionCookie(token, session.expiresAt, client.secure) : null;
    return { viewer, credential: "cookie", cookie };
  }

  const kind = await isOpen() ? "local" : "anonymous";
  const role = kind === "local" ? "admin" : "read";
  return { viewer: { kind, role, keyId: null, ...seeing(null) }, credential: "none", cookie: null };
}

/** The key of `X-API-Key` or `Authorization: Bearer`; never one of the URL, which ends up in logs. */
function keyIn(request: Request): string | null {
  const own = request.headers.get("x-api-key");
  if (own) return own.trim();
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(request.headers.get("authorization") ?? "");
  return bearer?.[1] ?? null;
}
