/**
 * The policy of every answer. Scripts run only with the nonce of the page, or when such a script loads them;
 * without a nonce none runs at all. Inline styles need the nonce too. Pictures may be `data:` because
 * placeholders are 30-byte thumbhashes drawn into the page.
 *
 * @param nonce The one rendered into this page; null for anything that is not a page.
 * @param options `isDevelopment`: the dev server injects styles that carry no nonce.
 */
export function contentSecurityPolicy(
  nonce: string | null,
  { isDevelopment = false }: { isDevelopment?: boolean } = {},
): string {
  const byNonce = isDevelopment ? " 'unsafe-inline'" : nonce === null ? "" : ` 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src ${nonce === null ? "'none'" : `'nonce-${nonce}' 'strict-dynamic'`}`,
    `style-src 'self'${byNonce}`,
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The nonce that the renderer put into this answer's own policy, if it rendered a page. */
export function nonceIn(policy: string | null): string | null {
  return /'nonce-([A-Za-z0-9+/=_-]+)'/.exec(policy ?? "")?.[1] ?? null;
}

/**
 * Sets the headers that every answer has, errors included. The Content-Security-Policy is always ours: what
 * the renderer proposed only tells its nonce. A route may have set a stricter policy for a file it serves by
 * saying `sandbox`; that one stays.
 *
 * @param own The policy that the route set, if any.
 * @param secure True if this answer travels over TLS.
 */
export function applySecurityHeaders(
  headers: Headers,
  { own, secure, isDevelopment }: { own: string | null; secure: boolean; isDevelopment: boolean },
): void {
  const nonce = nonceIn(headers.get("content-security-policy"));
  headers.set(
    "content-security-policy",
    own?.startsWith("sandbox") ? own : contentSecurityPolicy(nonce, { isDevelopment }),
  );
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cross-origin-resource-policy")) {
    headers.set("cross-origin-resource-policy", "same-origin");
  }
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  // Over plain HTTP a browser ignores it, and a proxy might not.
  if (secure) headers.set("strict-transport-security", "max-age=31536000");
}
