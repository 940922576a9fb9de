import { type ComponentChildren, h, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { type Context, internalsOf, propsOf } from "../context.ts";
import type { LayoutConfig, PageProps, RouteComponent } from "../types.ts";
import { assembleDocument, BARE_SHELL, HOLE } from "./document.ts";
import "./hooks.ts";
import { type RenderState, renderWith } from "./state.ts";

// Which state and data a component expects was checked where it was registered.
// deno-lint-ignore no-explicit-any
export type AnyComponent = RouteComponent<any, any>;

export interface LayoutEntry {
  readonly component: AnyComponent;
  readonly config: LayoutConfig;
  /** Set when only the request's path can tell whether the layout applies. */
  readonly test: RegExp | null;
}

/** What surrounds a page. */
export interface Frame {
  readonly app: AnyComponent | null;
  /** Outermost first. */
  readonly layouts: readonly LayoutEntry[];
}

/** A component answered with a Response in the middle of rendering. */
class AnswerInstead {
  readonly response: Response;
  constructor(response: Response) {
    this.response = response;
  }
}

/**
 * Renders page and layouts first and the app wrapper after them, so that the wrapper sees what the
 * page wrote to `state` and put into `<Head>`.
 */
export async function renderFrame(
  ctx: Context<unknown>,
  content: ComponentChildren,
  init: ResponseInit,
  frame: Frame,
  options: LayoutConfig,
): Promise<Response> {
  const { path, build, createNonce } = internalsOf(ctx);
  const { app, layouts } = select(frame, path, options);
  const state: RenderState = { nonce: createNonce(), islands: [], slots: [], head: [] };
  try {
    let inner = content;
    for (const layout of layouts.toReversed()) {
      const child = inner;
      inner = await callComponent(layout.component, propsOf(ctx, undefined, () => child as VNode));
    }
    const page = renderWith(state, inner);
    const pageHead = state.head;
    state.head = [];
    const shell = await renderShell(ctx, state, page, app);
    const html = assembleDocument({ shell, page, pageHead, state, build });
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "text/html; charset=utf-8");
    return new Response(html, { ...init, headers });
  } catch (error) {
    if (error instanceof AnswerInstead) return error.response;
    throw error;
  }
}

/** Renders a route's page component with the data of its handler. */
export async function renderPage(
  ctx: Context<unknown>,
  component: AnyComponent,
  data: unknown,
  init: ResponseInit,
  options: LayoutConfig,
): Promise<Response> {
  const props = propsOf(ctx, data, () => null);
  try {
    return await ctx.render((await callComponent(component, props)) as VNode, init, options);
  } catch (error) {
    if (error instanceof AnswerInstead) return error.response;
    throw error;
  }
}

async function renderShell(
  ctx: Context<unknown>,
  state: RenderState,
  page: string,
  app: AnyComponent | null,
): Promise<string> {
  if (app) {
    const hole = () => jsxTemplate([HOLE]) as VNode;
    return renderWith(state, await callComponent(app, propsOf(ctx, undefined, hole)));
  }
  return /^<html[\s>]/.test(page) ? page : BARE_SHELL;
}

function select(frame: Frame, path: string, options: LayoutConfig): Frame {
  let layouts = frame.layouts.filter(({ test }) => !test || test.test(path));
  const first = layouts.findLastIndex(({ config }) => config.skipInheritedLayouts);
  if (first > 0) layouts = layouts.slice(first);
  if (options.skipInheritedLayouts) layouts = [];
  const skipsApp = options.skipAppWrapper || layouts.some(({ config }) => config.skipAppWrapper);
  return { app: skipsApp ? null : frame.app, layouts };
}

/** Async components cannot be rendered in place: they are awaited, and their result is rendered. */
async function callComponent(
  component: AnyComponent,
  props: PageProps,
): Promise<ComponentChildren> {
  if (component.constructor.name !== "AsyncFunction") return h(Synchronous, { component, props });
  const result = await component(props);
  if (result instanceof Response) throw new AnswerInstead(result);
  return result;
}

function Synchronous({ component, props }: { component: AnyComponent; props: PageProps }) {
  const result = component(props);
  if (result instanceof Response) throw new AnswerInstead(result);
  if (result instanceof Promise) {
    // Rejected or not, nobody will wait for it once the error below is thrown.
    result.catch(() => {});
    throw new TypeError(`Component ${component.name} returns a promise but is not declared async`);
  }
  return result as VNode;
}
