import type { VNode } from "preact";
import type { Build } from "./build.ts";
import { HttpError } from "./http_error.ts";
import type { PageInit } from "./page.ts";
import { type Frame, renderFrame } from "./render/frame.ts";
import type { LayoutConfig, MiddlewareFn, PageProps, ResolvedFreshConfig } from "./types.ts";
import { type SocketHandlers, type SocketOptions, upgradeSocket } from "./upgrade.ts";

/** What the dispatcher knows of a request before the first middleware runs. */
export interface ContextInit {
  readonly req: Request;
  readonly url: URL;
  /** The path that patterns and scopes match: no base path, no trailing or doubled slash. */
  readonly path: string;
  readonly params: Record<string, string>;
  readonly route: string | null;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedFreshConfig;
  readonly build: Build;
  // The chain was compiled from an app of this very state type; naming it here would say no more.
  // deno-lint-ignore no-explicit-any
  readonly chain: readonly MiddlewareFn<any>[];
  readonly frame: Frame;
}

/** The runtime's own view of a context. Not part of the public API. */
export interface ContextInternals {
  readonly path: string;
  readonly build: Build;
  /** The nonce given to the scripts and styles rendered for this request; null if none was. */
  readonly nonce: string | null;
  createNonce(): string;
  enterErrorPage(error: unknown, frame: Frame): void;
}

let internals: (ctx: Context<unknown>) => ContextInternals;

/** One request on its way through the middlewares, shared by all of them. */
export class Context<State = unknown> {
  readonly req: Request;
  readonly url: URL;
  readonly params: Record<string, string>;
  readonly state: State = {} as State;
  /** The matched pattern; null when nothing matched. */
  readonly route: string | null;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedFreshConfig;
  /** Always false: this runtime has no partials. */
  readonly isPartial: boolean = false;

  readonly #init: ContextInit;
  #position = -1;
  #frame: Frame;
  #error: unknown = null;
  #nonce: string | null = null;

  static {
    internals = (ctx) => ({
      path: ctx.#init.path,
      build: ctx.#init.build,
      get nonce() {
        return ctx.#nonce;
      },
      createNonce() {
        return ctx.#nonce ??= crypto.randomUUID().replaceAll("-", "");
      },
      enterErrorPage(error, frame) {
        ctx.#error = error;
        ctx.#frame = frame;
      },
    });
  }

  constructor(init: ContextInit) {
    this.#init = init;
    this.#frame = init.frame;
    this.req = init.req;
    this.url = init.url;
    this.params = init.params;
    this.route = init.route;
    this.info = init.info;
    this.config = init.config;
  }

  /** The thrown value, once an error handler runs; null before. */
  get error(): unknown {
    return this.#error;
  }

  /** Runs the rest of the chain. Rejects if it throws and no error handler stands in between. */
  async next(): Promise<Response> {
    const position = this.#position;
    const following = this.#init.chain[position + 1];
    if (!following) throw new Error(`Cannot call next() after the last handler of ${this.route}`);
    this.#position = position + 1;
    try {
      return await following(this);
    } finally {
      this.#position = position;
    }
  }

  /** Renders `content` inside the layouts and the app wrapper that apply here. */
  render(
    content: VNode | null,
    init: ResponseInit = {},
    options: LayoutConfig = {},
  ): Promise<Response> {
    return renderFrame(this as Context<unknown>, content, init, this.#frame, options);
  }

  /**
   * Two slashes, or backslashes, at the start would name another host, and a browser drops tabs and
   * newlines before it looks: such a path is reduced to one on this host.
   */
  redirect(pathOrUrl: string, status = 302): Response {
    // deno-lint-ignore no-control-regex
    const location = pathOrUrl.replace(/[\t\n\r]/g, "").replace(/^[\x00-\x20]*[/\\]{2,}/, "/");
    return new Response(null, { status, headers: { location } });
  }

  text(content: string, init: PageInit & ResponseInit = {}): Response {
    return respond(content, "text/plain; charset=utf-8", init);
  }

  html(content: string, init: PageInit & ResponseInit = {}): Response {
    return respond(content, "text/html; charset=utf-8", init);
  }

  json(content: unknown, init: PageInit & ResponseInit = {}): Response {
    return Response.json(content, init);
  }

  /** Sends parts as they are made. Strings are sent as UTF-8. */
  stream(
    parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
    init: ResponseInit = {},
  ): Response {
    const encoder = new TextEncoder();
    const body = ReadableStream.from(parts).pipeThrough(
      new TransformStream<string | Uint8Array, Uint8Array<ArrayBuffer>>({
        transform(part, controller) {
          const bytes = typeof part === "string" ? encoder.encode(part) : new Uint8Array(part);
          controller.enqueue(bytes);
        },
      }),
    );
    return new Response(body, init);
  }

  /**
   * Turns the request into a WebSocket. Checks neither the origin nor who asks: do both before.
   *
   * @throws {HttpError} 400, if the request does not ask for a WebSocket.
   */
  upgrade(handlers: SocketHandlers, options?: SocketOptions): Response;
  upgrade(options?: SocketOptions): { socket: WebSocket; response: Response };
  upgrade(
    first: SocketHandlers | SocketOptions = {},
    options: SocketOptions = {},
  ): Response | { socket: WebSocket; response: Response } {
    if (this.req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new HttpError(400, "Expected a WebSocket upgrade request");
    }
    return upgradeSocket(this.req, first, options);
  }
}

export function internalsOf<State>(ctx: Context<State>): ContextInternals {
  return internals(ctx as Context<unknown>);
}

/** The props that every component of a page is called with. */
export function propsOf(
  ctx: Context<unknown>,
  data: unknown,
  Component: PageProps["Component"],
): PageProps {
  const { config, url, req, params, info, state, isPartial, error, route } = ctx;
  return {
    config,
    url,
    req,
    params,
    info,
    state,
    isPartial,
    error,
    route,
    data,
    Component,
  };
}

function respond(body: string, contentType: string, init: ResponseInit): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", contentType);
  return new Response(body, { ...init, headers });
}
