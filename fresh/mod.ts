/** The server side of the API. Islands import `fresh/runtime` instead. */
export { App, type ListenOptions } from "./src/app.ts";
export type { Mode } from "./src/build.ts";
export type { Context, Context as FreshContext } from "./src/context.ts";
export { csp, type CSPOptions } from "./src/csp.ts";
export { createDefine, type Define, type PageData } from "./src/define.ts";
export type { Handler } from "./src/dispatch.ts";
export { HttpError } from "./src/http_error.ts";
export { page, type PageInit, type PageResponse } from "./src/page.ts";
export { staticFiles } from "./src/static_files.ts";
export type {
  FreshConfig,
  HandlerByMethod,
  HandlerFn,
  LayoutConfig,
  Method,
  Middleware,
  MiddlewareFn,
  PageProps,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
  RouteConfig,
  RouteHandler,
} from "./src/types.ts";
export type { SocketHandlers, SocketOptions } from "./src/upgrade.ts";
