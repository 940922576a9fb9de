const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
const HEADERS =
  "authorization, x-api-key, content-type, idempotency-key, if-match, if-none-match, last-event-id, x-request-id";
const EXPOSED = "etag, location, retry-after, x-request-id";

/**
 * Lets pages of the allow-listed origins call the API with a key of their own. Sessions never travel across
 * origins: `Access-Control-Allow-Credentials` is not sent.
 */
export class Cors {
  readonly #allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    this.#allowed = allowed;
  }

  /** The answer to a preflight from an allowed origin; null for anything else. */
  preflight(request: Request): Response | null {
    const origin = this.#originOf(request);
    if (request.method !== "OPTIONS" || !origin) return null;
    if (!request.headers.has("access-control-request-method")) return null;
    const headers = {
      "access-control-allow-methods": METHODS,
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": "600",
    };
    const response = new Response(null, { status: 204, headers });
    this.decorate(request, response.headers);
    return response;
  }

  /** Adds what lets an allowed origin read this answer. */
  decorate(request: Request, headers: Headers): void {
    if (this.#allowed.length === 0) return;
    // Also without an Origin: a cache must not hand the plain answer to a page of an allowed origin.
    headers.append("vary", "Origin");
    const origin = this.#originOf(request);
    if (!origin) return;
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-expose-headers", EXPOSED);
    headers.set("cross-origin-resource-policy", "cross-origin");
  }

  #originOf(request: Request): string | null {
    const origin = request.headers.get("origin");
    return origin !== null && this.#allowed.includes(origin) ? origin : null;
  }
}
