import type { PageResponse } from "./page.ts";
import type { MiddlewareFn, PageProps, RouteComponent, RouteHandler } from "./types.ts";

type DataOf<Answer> = Answer extends PageResponse<infer Data> ? Data : never;

/** The data that the handlers of a route pass to `page()`. */
export type PageData<Handlers> = Handlers extends (...args: never[]) => infer Answer
  ? DataOf<Awaited<Answer>>
  : {
    [M in keyof Handlers]: Handlers[M] extends (...args: never[]) => infer Answer
      ? DataOf<Awaited<Answer>>
      : never;
  }[keyof Handlers];

/** Identity functions that only carry the application's state type to where it is needed. */
export interface Define<State> {
  // deno-lint-ignore no-explicit-any -- each handler's own data type is inferred, not constrained
  handlers<Handlers extends RouteHandler<any, State>>(handlers: Handlers): Handlers;
  page<Handlers = undefined>(
    render: RouteComponent<PageData<Handlers>, State>,
  ): RouteComponent<PageData<Handlers>, State>;
  layout(
    render: (props: PageProps<unknown, State>) => ReturnType<RouteComponent>,
  ): RouteComponent<unknown, State>;
  middleware(middleware: MiddlewareFn<State>): MiddlewareFn<State>;
  middleware(middleware: MiddlewareFn<State>[]): MiddlewareFn<State>[];
}

export function createDefine<State = unknown>(): Define<State> {
  const identity = <T>(value: T): T => value;
  return {
    handlers: identity,
    page: identity,
    layout: identity,
    middleware: identity,
  } as Define<State>;
}
