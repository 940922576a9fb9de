import type { Context } from "./context.ts";
import { PageResponse } from "./page.ts";
import { renderPage } from "./render/frame.ts";
import type { HandlerFn, MiddlewareFn, Route } from "./types.ts";

// A route's handlers and component share the state type of the app that it was registered on.
// deno-lint-ignore no-explicit-any
type State = any;

/** The methods a route answers, each as a middleware that also renders the page for its data. */
export function routeMethods(route: Route<State>): Map<string, MiddlewareFn<State>[]> {
  const { handler, component } = route;
  const methods = new Map<string, MiddlewareFn<State>[]>();
  if (typeof handler === "function") methods.set("ALL", [answerWith(handler, route)]);
  else {
    for (const [method, fn] of Object.entries(handler ?? {})) {
      if (fn) methods.set(method, [answerWith(fn, route)]);
    }
  }
  if (component && !methods.has("GET") && !methods.has("ALL")) {
    methods.set("GET", [answerWith(() => new PageResponse(undefined, {}), route)]);
  }
  return methods;
}

/** An error or not-found route as one middleware; its page is sent with `statusOf(error)`. */
export function errorHandler(
  route: Route<State>,
  statusOf: (error: unknown) => number,
): MiddlewareFn<State> {
  const { handler } = route;
  const fn = typeof handler === "function"
    ? handler
    : (ctx: Context<State>) => new PageResponse(undefined, { status: statusOf(ctx.error) });
  return answerWith(fn, route);
}

function answerWith(fn: HandlerFn<unknown, State>, route: Route<State>): MiddlewareFn<State> {
  return async (ctx) => {
    const answer = await fn(ctx);
    if (!(answer instanceof PageResponse)) return answer;
    if (!route.component) {
      throw new TypeError(`The handler of ${ctx.route} returns page() but there is no component`);
    }
    const init = { status: answer.status, headers: answer.headers };
    return await renderPage(ctx, route.component, answer.data, init, route.config ?? {});
  };
}
