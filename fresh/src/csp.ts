import { internalsOf } from "./context.ts";
import { withMutableHeaders } from "./mutable_headers.ts";
import type { MiddlewareFn } from "./types.ts";

export interface CSPOptions {
  /** Report violations instead of blocking them. */
  reportOnly?: boolean;
  /** URL that violations are reported to. */
  reportTo?: string;
  /** Directives that are added to the defaults, or replace those of the same name. */
  csp?: string[];
  /** Allow inline scripts and styles by a nonce per response instead of `'unsafe-inline'`. */
  useNonce?: boolean;
}

const DEFAULTS = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Directives in which a nonce means something. Style attributes cannot carry one. */
const NONCED = /^(?:default|script|style)-src(?:-elem)?$/;

/**
 * Sets the Content-Security-Policy of every response.
 *
 * With `useNonce`, no directive keeps `'unsafe-inline'`: rendered pages get the nonce of their
 * scripts and styles in its place, and other responses, which have none, get nothing.
 */
export function csp<State>(options: CSPOptions = {}): MiddlewareFn<State> {
  const { reportOnly = false, reportTo, useNonce = false } = options;
  const directives = new Map<string, string>();
  for (const directive of [...DEFAULTS, ...options.csp ?? []]) {
    const [name, ...values] = directive.trim().split(/\s+/);
    directives.set(name!, values.join(" "));
  }
  if (reportTo) {
    directives.set("report-to", "csp-endpoint");
    directives.set("report-uri", reportTo);
  }
  const header = reportOnly ? "content-security-policy-report-only" : "content-security-policy";

  return async (ctx) => {
    const response = withMutableHeaders(await ctx.next());
    const nonce = useNonce ? internalsOf(ctx).nonce : null;
    const policy = [...directives].map(([name, values]) =>
      `${name} ${useNonce && NONCED.test(name) ? withNonce(name, values, nonce) : values}`.trim()
    );
    response.headers.set(header, policy.join("; "));
    if (reportTo) response.headers.set("reporting-endpoints", `csp-endpoint="${reportTo}"`);
    return response;
  };
}

function withNonce(name: string, values: string, nonce: string | null): string {
  const sources = values.split(" ").filter((source) => source !== "'unsafe-inline'");
  const isOpen = sources.length < values.split(" ").length || name !== "default-src";
  if (nonce !== null && isOpen && !sources.includes("'none'")) sources.push(`'nonce-${nonce}'`);
  return sources.length === 0 ? "'none'" : sources.join(" ");
}
