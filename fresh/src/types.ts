import type { ComponentChildren, FunctionComponent } from "preact";
import type { Mode } from "./build.ts";
import type { Context } from "./context.ts";
import type { PageResponse } from "./page.ts";

export interface FreshConfig {
  /** Path below which the whole application lives, as in `/loras`. */
  basePath?: string;
  mode?: Mode;
  /** Believe `X-Forwarded-Proto` and `X-Forwarded-Host` when building `ctx.url`. */
  trustProxy?: boolean;
}

export type ResolvedFreshConfig = Readonly<Required<FreshConfig>>;

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

type Awaitable<T> = T | Promise<T>;

export type MiddlewareFn<State = unknown> = (ctx: Context<State>) => Awaitable<Response>;
export type Middleware<State = unknown> = MiddlewareFn<State> | MiddlewareFn<State>[];

/** A route's handler may answer, or hand data to the page component by `page()`. */
export type HandlerFn<Data = unknown, State = unknown> = (
  ctx: Context<State>,
) => Awaitable<Response | PageResponse<Data>>;

export type HandlerByMethod<Data = unknown, State = unknown> = {
  [M in Method]?: HandlerFn<Data, State>;
};

export type RouteHandler<Data = unknown, State = unknown> =
  | HandlerFn<Data, State>
  | HandlerByMethod<Data, State>;

/** What pages, layouts, error pages and the app wrapper are given. */
export interface PageProps<Data = unknown, State = unknown> {
  readonly config: ResolvedFreshConfig;
  readonly url: URL;
  readonly req: Request;
  readonly params: Record<string, string>;
  readonly info: Deno.ServeHandlerInfo;
  readonly state: State;
  readonly isPartial: boolean;
  /** The thrown value, on error pages. */
  readonly error: unknown;
  /** The matched pattern; null when nothing matched. */
  readonly route: string | null;
  readonly data: Data;
  /** The page inside a layout, or everything inside the app wrapper. */
  readonly Component: FunctionComponent;
}

export type RouteComponent<Data = unknown, State = unknown> = (
  props: PageProps<Data, State>,
) => Awaitable<ComponentChildren | Response>;

export interface LayoutConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
}

export interface RouteConfig extends LayoutConfig {
  /** Replaces the pattern that the file's path would give. */
  routeOverride?: string;
}

export interface Route<State = unknown> {
  // The data type belongs to this one route: `define.page<typeof handler>` checks it there.
  // deno-lint-ignore no-explicit-any
  component?: RouteComponent<any, State>;
  // deno-lint-ignore no-explicit-any
  handler?: RouteHandler<any, State>;
  config?: RouteConfig;
}
