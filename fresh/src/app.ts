import { type Build, currentBuild } from "./build.ts";
import type { Command } from "./commands.ts";
import { compileApp } from "./compile.ts";
import { createDispatcher, type Handler } from "./dispatch.ts";
import { fileCommands } from "./fs_routes.ts";
import { joinPath, normalizeScope } from "./pattern.ts";
import { routeMethods } from "./route_handler.ts";
import type {
  FreshConfig,
  LayoutConfig,
  MiddlewareFn,
  ResolvedFreshConfig,
  Route,
  RouteComponent,
} from "./types.ts";

// deno-lint-ignore no-explicit-any -- an app may mount one that knows less of the state
type AnyApp = App<any>;

/** What was called on the app; fs routes and mounted apps are expanded when a handler is made. */
type Registration =
  | Command
  | { readonly kind: "files"; readonly path: string }
  | { readonly kind: "mount"; readonly path: string; readonly app: AnyApp };

/** What `Deno.serve()` takes, certificates for TLS included. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>;

/** Registers middlewares and routes; what was registered earlier applies to what comes later. */
export class App<State = unknown> {
  readonly config: ResolvedFreshConfig;
  #registrations: Registration[] = [];

  constructor(config: FreshConfig = {}) {
    this.config = Object.freeze({
      basePath: normalizeScope(config.basePath ?? ""),
      mode: config.mode ?? currentBuild().mode,
      trustProxy: config.trustProxy ?? false,
    });
  }

  use(...middlewares: MiddlewareFn<State>[]): this;
  use(path: string, ...middlewares: MiddlewareFn<State>[]): this;
  use(first: string | MiddlewareFn<State>, ...rest: MiddlewareFn<State>[]): this {
    const [path, fns] = typeof first === "string" ? [first, rest] : ["*", [first, ...rest]];
    for (const fn of fns) {
      this.#registrations.push({ kind: "middleware", scope: normalizeScope(path), fn });
    }
    return this;
  }

  get(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("GET", path, handlers);
  }

  post(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("POST", path, handlers);
  }

  put(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("PUT", path, handlers);
  }

  patch(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("PATCH", path, handlers);
  }

  delete(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("DELETE", path, handlers);
  }

  head(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("HEAD", path, handlers);
  }

  all(path: string, ...handlers: MiddlewareFn<State>[]): this {
    return this.#handle("ALL", path, handlers);
  }

  route(path: string, route: Route<State>): this {
    const pattern = joinPath("", route.config?.routeOverride ?? path);
    this.#registrations.push({ kind: "route", pattern, methods: routeMethods(route) });
    return this;
  }

  layout(
    path: string,
    component: RouteComponent<unknown, State>,
    config: LayoutConfig = {},
  ): this {
    this.#registrations.push({ kind: "layout", scope: normalizeScope(path), component, config });
    return this;
  }

  appWrapper(component: RouteComponent<unknown, State>): this {
    this.#registrations.push({ kind: "app", scope: "", component });
    return this;
  }

  notFound(route: MiddlewareFn<State> | Route<State>): this {
    this.#registrations.push({ kind: "notFound", scope: "", route: asRoute(route) });
    return this;
  }

  onError(route: MiddlewareFn<State> | Route<State>): this;
  onError(path: string, route: MiddlewareFn<State> | Route<State>): this;
  onError(
    first: string | MiddlewareFn<State> | Route<State>,
    second?: MiddlewareFn<State> | Route<State>,
  ): this {
    const [path, route] = typeof first === "string" ? [first, second!] : ["*", first];
    this.#registrations.push({
      kind: "error",
      scope: normalizeScope(path),
      route: asRoute(route),
    });
    return this;
  }

  /** Puts everything registered on `app` here, below `path`. */
  mountApp(path: string, app: AnyApp): this {
    this.#registrations.push({ kind: "mount", path: normalizeScope(path), app });
    return this;
  }

  /** Puts the routes of the project's `routes/` folder here. */
  fsRoutes(path = "*"): this {
    this.#registrations.push({ kind: "files", path: normalizeScope(path) });
    return this;
  }

  /** Compiles what is registered so far, with the file routes known now. */
  handler(): Handler {
    const build = currentBuild();
    const commands = this.#expand(build).map((command) => below("", command));
    return createDispatcher(compileApp(commands), this.config, build);
  }

  /** Serves until the process ends, or until the `signal` of the options. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await Deno.serve(options, this.handler()).finished;
  }

  #handle(method: string, path: string, handlers: MiddlewareFn<State>[]): this {
    const pattern = joinPath("", path);
    const methods = new Map([[method, handlers]]);
    this.#registrations.push({ kind: "route", pattern, methods });
    return this;
  }

  #expand(build: Build): Command[] {
    return this.#registrations.flatMap((registration): Command[] => {
      if (registration.kind === "files") {
        return fileCommands(build.routes).map((command) => below(registration.path, command));
      }
      if (registration.kind === "mount") {
        return registration.app.#expand(build).map((command) => below(registration.path, command));
      }
      return [registration];
    });
  }
}

function below(path: string, command: Command): Command {
  if (path === "") return command;
  return command.kind === "route"
    ? { ...command, pattern: joinPath(path, command.pattern) }
    : { ...command, scope: path + command.scope };
}

function asRoute<State>(route: MiddlewareFn<State> | Route<State>): Route<State> {
  return typeof route === "function" ? { handler: route } : route;
}
