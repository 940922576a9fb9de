import type { Build } from "./build.ts";
import type { CompiledApp, Leaf } from "./compile.ts";
import { Context } from "./context.ts";
import { HttpError } from "./http_error.ts";
import { mapError } from "./map_error.ts";
import { withMutableHeaders } from "./mutable_headers.ts";
import type { RouteEntry, RouteMatch } from "./router.ts";
import type { MiddlewareFn, ResolvedFreshConfig } from "./types.ts";

/** @param info Absent in tests, where the request came over no connection. */
export type Handler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

const NO_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1 },
  completed: Promise.resolve(),
};

interface Destination {
  readonly leaf: Leaf;
  readonly chain: readonly MiddlewareFn[];
  readonly params: Record<string, string>;
  readonly route: string | null;
  /** Methods to name in `Allow`, where the answer is about them. */
  readonly allow: string | null;
}

/** The function that answers every request of an app. */
export function createDispatcher(
  app: CompiledApp,
  config: ResolvedFreshConfig,
  build: Build,
): Handler {
  return async (req, info = NO_CONNECTION) => {
    const url = urlOf(req, config);
    const path = pathBelow(config.basePath, url.pathname);
    const { leaf, chain, params, route, allow } = destinationOf(app, req.method, path);
    const ctx = new Context({
      req,
      url,
      path: path ?? url.pathname,
      params,
      route,
      info,
      config,
      build,
      chain,
      frame: leaf.frame,
    });
    let response: Response;
    try {
      response = await ctx.next();
    } catch (error) {
      response = await mapError(ctx, error, leaf.mappers);
    }
    if (allow !== null) {
      response = withMutableHeaders(response);
      response.headers.set("allow", allow);
    }
    return req.method === "HEAD" ? await withoutBody(response) : response;
  };
}

function urlOf(req: Request, { trustProxy }: ResolvedFreshConfig): URL {
  const url = new URL(req.url);
  if (!trustProxy) return url;
  const protocol = firstOf(req.headers.get("x-forwarded-proto"));
  const host = firstOf(req.headers.get("x-forwarded-host"));
  if (protocol === "http" || protocol === "https") url.protocol = protocol;
  if (host) url.host = host;
  return url;
}

/** A chain of proxies appends to the header: the first entry is what the browser asked for. */
function firstOf(header: string | null): string | undefined {
  return header?.split(",")[0]?.trim();
}

function pathBelow(basePath: string, pathname: string): string | null {
  let path = pathname.includes("//") ? pathname.replace(/\/{2,}/g, "/") : pathname;
  if (basePath !== "") {
    if (path !== basePath && !path.startsWith(`${basePath}/`)) return null;
    path = path.slice(basePath.length) || "/";
  }
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function destinationOf(app: CompiledApp, method: string, path: string | null): Destination {
  const match = path === null ? undefined : app.router.match(method, path);
  if (!match) {
    const { chain } = app.unmatched;
    return { leaf: app.unmatched, chain, params: {}, route: null, allow: null };
  }
  const { entry, params, value } = match;
  const route = entry.pattern;
  if (value) return { leaf: value, chain: value.chain, params, route, allow: null };
  return otherMethod(match, method);
}

/** Answers for a path that exists with a method that it lacks, behind its own middlewares. */
function otherMethod({ entry, params }: RouteMatch<Leaf>, method: string): Destination {
  const leaf = entry.methods.values().next().value!;
  const final: MiddlewareFn = () => {
    if (method === "OPTIONS") return new Response(null, { status: 204 });
    throw new HttpError(leaf.isFile ? 404 : 405);
  };
  const names = method === "OPTIONS" || !leaf.isFile ? allowed(entry) : null;
  return {
    leaf,
    chain: [...leaf.layers, final],
    params,
    route: entry.pattern,
    allow: names,
  };
}

function allowed({ methods }: RouteEntry<Leaf>): string {
  return [...methods.keys()].join(", ");
}

async function withoutBody(response: Response): Promise<Response> {
  if (response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}
