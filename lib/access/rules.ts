import type { Role } from "@/lib/db/schema.ts";

/** What a request needs: a role, or nothing. */
export type Need = Role | "public";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** The only paths that answer without a key once one is configured; static files are served before this is asked. */
export const PUBLIC_PATHS: readonly string[] = ["/health", "/health/ready", "/login", "/logout"];

/** Rules that differ from the default, first match wins; `path` matches itself and everything below. */
const EXCEPTIONS: readonly { path: string; methods: "any" | "unsafe"; need: Role }[] = [
  { path: "/api/v1/keys", methods: "any", need: "admin" },
  { path: "/keys", methods: "any", need: "admin" },
  { path: "/api/v1/settings", methods: "unsafe", need: "admin" },
  { path: "/settings", methods: "unsafe", need: "admin" },
  // Folders of this machine: whoever may add one may read what is in it.
  { path: "/api/v1/library-roots", methods: "unsafe", need: "admin" },
  { path: "/import/roots", methods: "unsafe", need: "admin" },
  // A question in the form of a POST, because it does not fit into a URL.
  { path: "/api/v1/compose", methods: "any", need: "read" },
];

/**
 * What a method on a canonical path needs. Everything needs something: reading needs `read`, anything else
 * `write`, unless an exception says otherwise or the path is public.
 */
export function neededRole(method: string, path: string): Need {
  if (PUBLIC_PATHS.includes(path)) return "public";
  const isSafe = SAFE.has(method);
  const exception = EXCEPTIONS.find((rule) =>
    (path === rule.path || path.startsWith(`${rule.path}/`)) &&
    (rule.methods === "any" || !isSafe)
  );
  return exception?.need ?? (isSafe ? "read" : "write");
}

/** True for what pages load by the dozen: someone who scrolls fast asks for hundreds in a minute. */
export const isPicture = (path: string): boolean =>
  /^\/api\/v1\/adapters\/[^/]+\/preview/.test(path);
