/** Endpoints of the server itself; they live outside the versioned API but answer under its prefixes too. */
const SYSTEM = /^\/(?:health|metrics|openapi\.json|docs)(?=\/|$)/;

/**
 * The path a request means. Clients written against earlier servers say `/v1/x` or `/api/x` where the routes
 * say `/api/v1/x`; this is the only place that knows. Doubled and trailing slashes go, because the router
 * ignores them and what decides about a path must not see another one than the router.
 */
export function canonicalPath(pathname: string): string {
  const path = pathname.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  const [, rest] = /^\/(?:api\/v1|api|v1)(\/.*)$/.exec(path) ?? [];
  if (rest === undefined) return path;
  return SYSTEM.test(rest) ? rest : `/api/v1${rest}`;
}

/** True where answers are for programs: errors are problem documents, and nobody is sent to a login page. */
export function isApiPath(canonical: string): boolean {
  return canonical.startsWith("/api/") ||
    /^\/(?:health|metrics|openapi\.json)(?=\/|$)/.test(canonical);
}
