import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { IslandRef } from "../build.ts";

/** JSX handed to an island as a prop: rendered here, and found again in the page by the browser. */
export class Slot {
  readonly id: number;
  readonly content: ComponentChildren;
  /** False while the island has not put it into its own output. */
  isRendered = false;

  constructor(id: number, content: ComponentChildren) {
    this.id = id;
    this.content = content;
  }
}

export interface RenderedIsland {
  readonly ref: IslandRef;
  readonly props: Readonly<Record<string, unknown>>;
}

/** What one page render collects besides its markup. */
export interface RenderState {
  readonly nonce: string;
  readonly islands: RenderedIsland[];
  readonly slots: Slot[];
  /** Children of every `<Head>`, in the order they were met. */
  head: VNode[];
}

let current: RenderState | null = null;

/** The render in progress. Rendering is synchronous, so there is at most one. */
export function currentRender(): RenderState | null {
  return current;
}

export function renderWith(state: RenderState, content: ComponentChildren): string {
  const outer = current;
  current = state;
  try {
    return renderToString(content as VNode);
  } finally {
    current = outer;
  }
}
