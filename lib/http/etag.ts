import { createHash } from "node:crypto";

/** A strong entity tag from what identifies a state, e.g. an id and its time of update. */
export function etagOf(...parts: (string | number)[]): string {
  const hash = createHash("sha256").update(parts.join("\0")).digest("base64url");
  return `"${hash.slice(0, 22)}"`;
}

/** True if a client already has this state (`If-None-Match`, weak comparison). */
export function isFresh(request: Request, etag: string): boolean {
  const given = request.headers.get("if-none-match");
  if (!given) return false;
  return given.trim() === "*" || tags(given).some((tag) => opaque(tag) === opaque(etag));
}

/**
 * What `If-Match` asks for: a test of the current entity tag (strong comparison), or undefined if the client does
 * not care.
 */
export function ifMatch(request: Request): ((etag: string) => boolean) | undefined {
  const given = request.headers.get("if-match");
  if (!given) return undefined;
  return (etag) => given.trim() === "*" || tags(given).includes(etag);
}

/** Answers `body` as JSON under its entity tag, or 304 without a body if the client has it. */
export function jsonWithEtag(request: Request, etag: string, body: unknown): Response {
  const headers = { etag, "cache-control": "private, no-cache" };
  if (isFresh(request, etag)) return new Response(null, { status: 304, headers });
  return Response.json(body, { headers });
}

const tags = (header: string): string[] => header.match(/(?:W\/)?"[^"]*"/g) ?? [];
const opaque = (tag: string) => tag.replace(/^W\//, "");
