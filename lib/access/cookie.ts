const NAME = "lm_session";

/** The session token a request carries, if any. */
export function sessionToken(request: Request): string | null {
  for (const pair of request.headers.get("cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === NAME && value) return value;
  }
  return null;
}

/**
 * The `Set-Cookie` of a session. Lax: a link from elsewhere opens a page signed in, while posts and frames of
 * other sites come without it.
 *
 * @param secure True where the browser reaches us over TLS; elsewhere it would drop a Secure cookie.
 */
export function sessionCookie(token: string, expiresAt: Date, secure: boolean): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Lax; Expires=${expiresAt.toUTCString()}` +
    (secure ? "; Secure" : "");
}

/** Removes the session cookie from the browser. */
export function endedCookie(secure: boolean): string {
  return sessionCookie("", new Date(0), secure);
}
