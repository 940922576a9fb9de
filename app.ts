import { getLogger } from "@logtape/logtape";
import { App, csp, type Handler, staticFiles } from "fresh";
import type { State } from "@/define.ts";
import { ClientResolver } from "@/lib/http/address.ts";
import { Cors } from "@/lib/http/cors.ts";
import { canonicalPath, isApiPath } from "@/lib/http/prefixes.ts";
import { requestIdOf } from "@/lib/http/request_id.ts";
import { applySecurityHeaders } from "@/lib/http/security_headers.ts";
import type { Services } from "@/services.ts";

const log = getLogger(["lm", "http"]);

/** A request that went through the outer middleware once, and what is known of it. */
interface Admission {
  state: State;
  /** The matched pattern; set on the way in, for the metrics. */
  route: string | null;
  /** The Content-Security-Policy that the route itself set. */
  policy: string | null;
}

/**
 * The application. Its first middleware sends every request through the same handler a second time, under its
 * canonical path: that rewrites the API's prefixes in one place, and lets headers be set on every answer,
 * error pages included, because those are made outside the middlewares of the route that failed.
 *
 * Who may do what is decided in `routes/_middleware.ts`, inside the reach of the error pages.
 */
export function createApp(services: Services): App<State> {
  const { config, metrics } = services;
  const clients = new ClientResolver(config);
  const cors = new Cors(config.corsOrigins);
  const admitted = new WeakMap<Request, Admission>();
  const app = new App<State>();
  let built: Handler | undefined;

  app.use(async (ctx) => {
    const admission = admitted.get(ctx.req);
    if (admission) {
      admission.route = ctx.route;
      Object.assign(ctx.state, admission.state);
      return await ctx.next();
    }
    const startedAt = performance.now();
    const { remoteAddr } = ctx.info;
    const client = clients.resolve(ctx.req, "hostname" in remoteAddr ? remoteAddr.hostname : "");
    const requestId = requestIdOf(ctx.req);
    const path = canonicalPath(ctx.url.pathname);
    const isApi = isApiPath(path);

    const entering: Admission = {
      state: stateOf(services, client, requestId),
      route: null,
      policy: null,
    };
    const inner = under(path, ctx.url, ctx.req);
    admitted.set(inner, entering);
    // While developing, routes change under a running application.
    const handler = ctx.config.mode === "development" ? app.handler() : built ??= app.handler();
    const answer = (isApi ? cors.preflight(ctx.req) : null) ?? await handler(inner, ctx.info);
    // A protocol switch is no answer with headers of ours, and cannot be copied.
    if (answer.status === 101) return answer;

    const response = mutable(answer);
    if (isApi) cors.decorate(ctx.req, response.headers);
    applySecurityHeaders(response.headers, {
      own: entering.policy,
      secure: client.secure,
      isDevelopment: ctx.config.mode === "development",
    });
    response.headers.set("x-request-id", requestId);
    if (!response.headers.has("cache-control")) {
      response.headers.set("cache-control", "private, no-cache");
    }
    const durationMs = Math.round(performance.now() - startedAt);
    const { method } = ctx.req;
    metrics.observeRequest(method, entering.route ?? "none", response.status, durationMs / 1000);
    log.debug("Answered", { method, path, status: response.status, durationMs, requestId });
    return response;
  });
  app.use(csp({ useNonce: true }));
  app.use(async (ctx) => {
    const response = await ctx.next();
    const policy = response.headers.get("content-security-policy");
    // Noted here, because the renderer's policy replaces it.
    if (policy !== null) admitted.get(ctx.req)!.policy = policy;
    return response;
  });
  app.use(staticFiles());
  app.fsRoutes();
  return app;
}

function stateOf(services: Services, client: State["client"], requestId: string): State {
  const nobody = { kind: "anonymous", role: "read", keyId: null } as const;
  return { services, client, requestId, viewer: { ...nobody, nsfwMax: 0, nsfwBlurFrom: 0 } };
}

/** Always a new request, so that one sent to the handler twice is not taken for admitted. */
function under(path: string, url: URL, request: Request): Request {
  const target = new URL(url);
  target.pathname = path;
  return new Request(target, request);
}

/** Answers of `fetch` and `Response.redirect` have headers that cannot be changed. */
function mutable(response: Response): Response {
  try {
    response.headers.delete("server");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}
