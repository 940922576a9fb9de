import { newId } from "@/lib/shared/id.ts";

/** The caller's `X-Request-Id` if it is short and harmless in a log line, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : newId();
}
