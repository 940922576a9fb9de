import type { Command, RouteCommand, Rule } from "./commands.ts";
import type { Context } from "./context.ts";
import { HttpError } from "./http_error.ts";
import { type ErrorMapper, mapError, type Mappers } from "./map_error.ts";
import { compileScope, relateScope } from "./pattern.ts";
import type { Frame, LayoutEntry } from "./render/frame.ts";
import { errorHandler } from "./route_handler.ts";
import { Router } from "./router.ts";
import { internalsOf } from "./context.ts";
import type { MiddlewareFn } from "./types.ts";

// Compilation mixes the rules of one app only, whose state type is the same throughout.
// deno-lint-ignore no-explicit-any
type AnyMiddleware = MiddlewareFn<any>;

/** One way through the app: everything that applies to a route, and the handlers at its end. */
export interface Leaf {
  readonly layers: readonly AnyMiddleware[];
  /** The layers followed by the handlers. */
  readonly chain: readonly AnyMiddleware[];
  readonly frame: Frame;
  readonly mappers: Mappers;
  /** File routes answer 404 to a method they lack, programmatic ones 405. */
  readonly isFile: boolean;
}

export interface CompiledApp {
  readonly router: Router<Leaf>;
  /** Taken when no pattern matches: every rule whose scope holds for the path, then 404. */
  readonly unmatched: Leaf;
}

/** Fixes, for every route, what was registered before it and applies to it. */
export function compileApp(commands: readonly Command[]): CompiledApp {
  const router = new Router<Leaf>();
  const rules: Rule[] = [];
  for (const command of commands) {
    if (command.kind !== "route") {
      rules.push(command);
      continue;
    }
    const applied = rulesFor(command, rules);
    for (const [method, handlers] of command.methods) {
      router.add(command.pattern, method, leafOf(applied, handlers, command.folder !== undefined));
    }
  }
  const notFound = () => {
    throw new HttpError(404);
  };
  return { router, unmatched: leafOf(rulesForAny(rules), [notFound], false) };
}

interface AppliedRule {
  readonly rule: Rule;
  /** Set when the rule applies only where the request's path matches. */
  readonly test: RegExp | null;
}

function rulesFor(route: RouteCommand, rules: readonly Rule[]): AppliedRule[] {
  return rules.flatMap((rule): AppliedRule[] => {
    if (rule.folder !== undefined && route.folder !== undefined) {
      const isWithin = rule.folder === "" || `${route.folder}/`.startsWith(`${rule.folder}/`);
      return isWithin ? [{ rule, test: null }] : [];
    }
    if (isGroupRule(rule)) return [];
    const relation = relateScope(rule.scope, route.pattern);
    if (relation === "never") return [];
    return [{ rule, test: relation === "maybe" ? compileScope(rule.scope) : null }];
  });
}

function rulesForAny(rules: readonly Rule[]): AppliedRule[] {
  return rules
    .filter((rule) => !isGroupRule(rule))
    .map((rule) => ({ rule, test: rule.scope === "" ? null : compileScope(rule.scope) }));
}

/** A group's rules are for the files in it: its URL says nothing about who belongs to it. */
function isGroupRule({ folder }: Rule): boolean {
  return folder !== undefined && folder.includes("(");
}

function leafOf(
  applied: readonly AppliedRule[],
  handlers: readonly AnyMiddleware[],
  isFile: boolean,
): Leaf {
  const frame: { app: Frame["app"]; layouts: LayoutEntry[] } = { app: null, layouts: [] };
  const layers: AnyMiddleware[] = [];
  const errors: ErrorMapper[] = [];
  const mappers: { errors: ErrorMapper[]; notFound: ErrorMapper | null } = {
    errors,
    notFound: null,
  };
  const boundary: AnyMiddleware = async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      return await mapError(ctx, error, mappers);
    }
  };
  for (const { rule, test } of applied) {
    // What was registered up to here is what an error page of this rule is wrapped in.
    const outer = (): Frame => ({ app: frame.app, layouts: [...frame.layouts] });
    switch (rule.kind) {
      case "app":
        frame.app = rule.component;
        break;
      case "layout":
        frame.layouts.push({ component: rule.component, config: rule.config, test });
        break;
      case "middleware":
        layers.push(test ? onlyWhere(test, rule.fn) : rule.fn);
        break;
      case "error":
        errors.push({
          depth: rule.scope.split("/").length,
          test,
          frame: outer(),
          handle: errorHandler(rule.route, statusOf),
        });
        layers.push(boundary);
        break;
      case "notFound":
        mappers.notFound = {
          depth: 0,
          test,
          frame: outer(),
          handle: errorHandler(rule.route, () => 404),
        };
        layers.push(boundary);
        break;
    }
  }
  // The closest scope first, and of equals the one registered last.
  errors.reverse().sort((a, b) => b.depth - a.depth);
  return { layers, chain: [...layers, ...handlers], frame, mappers, isFile };
}

function onlyWhere(test: RegExp, fn: AnyMiddleware): AnyMiddleware {
  return (ctx: Context<unknown>) => test.test(internalsOf(ctx).path) ? fn(ctx) : ctx.next();
}

function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
