import type { RouteFile } from "./build.ts";
import type { Command } from "./commands.ts";
import type { AnyComponent } from "./render/frame.ts";
import { routeMethods } from "./route_handler.ts";
import type { HandlerFn, MiddlewareFn, Route, RouteConfig, RouteHandler } from "./types.ts";

/** What a module of `routes/` may export. */
interface RouteModule {
  readonly default?: unknown;
  readonly handler?: RouteHandler;
  readonly handlers?: RouteHandler;
  readonly config?: RouteConfig;
}

/** Special files come before the routes of their folder, in the order in which they apply. */
const SPECIAL = ["_app", "_layout", "_error", "_404", "_middleware"];

/** The files of `routes/` as what an application would have registered by hand. */
export function fileCommands(files: readonly RouteFile[]): Command[] {
  const special: { depth: number; rank: number; commands: Command[] }[] = [];
  const routes: Extract<Command, { kind: "route" }>[] = [];
  for (const file of files) {
    const { folder, name } = splitPath(file.path);
    const rank = SPECIAL.indexOf(name);
    const module = file.module as RouteModule;
    if (rank >= 0) {
      const depth = folder === "" ? 0 : folder.split("/").length;
      special.push({ depth, rank, commands: specialCommands(name, folder, module) });
    } else {
      routes.push({
        kind: "route",
        folder,
        pattern: module.config?.routeOverride ?? patternOf(file.path),
        methods: routeMethods(routeOf(module)),
      });
    }
  }
  special.sort((a, b) => a.depth - b.depth || a.rank - b.rank);
  routes.sort((a, b) => compareSpecificity(a.pattern, b.pattern));
  return [...special.flatMap(({ commands }) => commands), ...routes];
}

function specialCommands(name: string, folder: string, module: RouteModule): Command[] {
  const scope = scopeOf(folder);
  const component = module.default as AnyComponent;
  const config = module.config ?? {};
  switch (name) {
    case "_app":
      return [{ kind: "app", scope, folder, component }];
    case "_layout":
      return [{ kind: "layout", scope, folder, component, config }];
    case "_error":
      return [{ kind: "error", scope, folder, route: routeOf(module) }];
    case "_404":
      return [{ kind: "notFound", scope, folder, route: routeOf(module) }];
    default:
      return middlewaresOf(module).map((fn) => ({ kind: "middleware", scope, folder, fn }));
  }
}

function middlewaresOf(module: RouteModule): MiddlewareFn[] {
  const exported = (module.default ?? module.handler) as MiddlewareFn | MiddlewareFn[];
  return Array.isArray(exported) ? exported : [exported];
}

function routeOf(module: RouteModule): Route {
  return {
    component: module.default as AnyComponent | undefined,
    handler: (module.handler ?? module.handlers) as HandlerFn | undefined,
    config: module.config,
  };
}

function splitPath(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1).replace(/\.[^.]+$/, "");
  return { folder: slash < 0 ? "" : path.slice(0, slash), name };
}

/** The pattern of a route file, as in `/blog/:slug` for `blog/[slug].tsx`. */
export function patternOf(path: string): string {
  const { folder, name } = splitPath(path);
  return (scopeOf(folder) + (name === "index" ? "" : segmentPattern(name))) || "/";
}

function scopeOf(folder: string): string {
  return folder.split("/").map(segmentPattern).join("");
}

function segmentPattern(segment: string): string {
  if (segment === "" || /^\(.*\)$/.test(segment)) return "";
  const optional = /^\[\[(\w+)\]\]$/.exec(segment);
  if (optional) return `{/:${optional[1]}}?`;
  const rest = /^\[\.\.\.(\w+)\]$/.exec(segment);
  if (rest) return `/:${rest[1]}*`;
  return `/${segment.replace(/\[(\w+)\]/g, ":$1")}`;
}

/** Fixed segments before named ones, those before optional ones, and the rest of a path last. */
function compareSpecificity(a: string, b: string): number {
  const [left, right] = [ranksOf(a), ranksOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function ranksOf(pattern: string): number[] {
  return pattern.replaceAll("{/", "/{").split("/").slice(1).map((segment) => {
    if (segment.endsWith("*")) return 4;
    if (segment.startsWith("{")) return 3;
    if (segment.startsWith(":")) return 2;
    return 1;
  });
}
