import { Forbidden } from "@/lib/errors.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** By what a request was let in; the browser adds `ambient` ones by itself, so another site can provoke them. */
export type Credential =
  /** A key in a header: no foreign page can send one unless CORS allows it. */
  | "explicit"
  /** The session cookie. */
  | "cookie"
  /** Nothing, where nothing is needed. */
  | "none";

/**
 * Refuses what another site made the browser do (CSRF, and reads across origins).
 *
 * | request | allowed when |
 * |---|---|
 * | any method, key in a header | always |
 * | GET, HEAD, OPTIONS | same origin, typed by the user, a top-level navigation, or no browser headers at all |
 * | others, cookie | `Sec-Fetch-Site` is same-origin or none, else `Origin` is ours; neither header: refused |
 * | others, no credential | the same, but neither header is fine unless a browser sent it (then it hides its origin) |
 *
 * An origin of the CORS allow-list counts as ours only for requests without a cookie.
 *
 * @throws {Forbidden} With code `foreign_origin`.
 */
export function checkOrigin(
  request: Request,
  { credential, ownOrigins, corsOrigins }: {
    credential: Credential;
    ownOrigins: readonly string[];
    corsOrigins: readonly string[];
  },
): void {
  if (credential === "explicit") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && credential === "none" && corsOrigins.includes(origin)) return;

  const isSafe = SAFE.has(request.method);
  if (site !== null) {
    if (site === "same-origin" || site === "none") return;
    if (isSafe && isNavigation(request)) return;
    throw foreign();
  }
  if (origin !== null) {
    if (ownOrigins.includes(origin)) return;
    throw foreign();
  }
  if (isSafe || (credential === "none" && !looksLikeBrowser(request))) return;
  throw foreign();
}

/** A link followed in the address bar's document; frames are barred by `frame-ancestors`. */
function isNavigation(request: Request): boolean {
  return request.headers.get("sec-fetch-mode") === "navigate" &&
    request.headers.get("sec-fetch-dest") === "document";
}

/** curl and scripts send neither; a browser without `Origin` on an unsafe request had it stripped. */
function looksLikeBrowser(request: Request): boolean {
  return request.headers.has("cookie") ||
    /\bmozilla\//i.test(request.headers.get("user-agent") ?? "");
}

function foreign(): Forbidden {
  return new Forbidden("This request came from another site", { code: "foreign_origin" });
}
