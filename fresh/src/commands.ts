import type { AnyComponent } from "./render/frame.ts";
import type { LayoutConfig, MiddlewareFn, Route } from "./types.ts";

// An app's commands all carry its own state type; the list itself does not need to.
// deno-lint-ignore no-explicit-any
type State = any;

/** Where a rule of the file system comes from; absent on what the application registers itself. */
interface FromFile {
  /** Folder below `routes/`, as in `(shop)/cart`; empty for `routes/` itself. */
  readonly folder?: string;
}

/** Something that applies to routes registered after it, at and below `scope`. */
export type Rule =
  & FromFile
  & { readonly scope: string }
  & (
    | { readonly kind: "middleware"; readonly fn: MiddlewareFn<State> }
    | { readonly kind: "layout"; readonly component: AnyComponent; readonly config: LayoutConfig }
    | { readonly kind: "app"; readonly component: AnyComponent }
    | { readonly kind: "error"; readonly route: Route<State> }
    | { readonly kind: "notFound"; readonly route: Route<State> }
  );

/** Handlers by method. `"ALL"` stands for every method without an entry of its own. */
export interface RouteCommand extends FromFile {
  readonly kind: "route";
  readonly pattern: string;
  readonly methods: ReadonlyMap<string, readonly MiddlewareFn<State>[]>;
}

export type Command = Rule | RouteCommand;
