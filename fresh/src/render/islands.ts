import {
  type ComponentChildren,
  createContext,
  Fragment,
  h,
  isValidElement,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { jsxTemplate } from "preact/jsx-runtime";
import { Signal } from "@preact/signals";
import type { IslandRef } from "../build.ts";
import { ISLAND_END, ISLAND_START, SLOT_END, SLOT_START } from "../markers.ts";
import { currentRender, type RenderState, Slot } from "./state.ts";

/** True below an island, where another island is an ordinary component; false again in its slots. */
const InsideIsland = createContext(false);

type Boundary = (props: Record<string, unknown>) => VNode;
const boundaries = new WeakMap<IslandRef, Boundary>();

/** The component that stands for an island in a server-rendered tree. */
export function boundaryOf(ref: IslandRef): Boundary {
  let boundary = boundaries.get(ref);
  if (!boundary) {
    boundary = (props) => renderIsland(ref, props);
    boundaries.set(ref, boundary);
  }
  return boundary;
}

function renderIsland(ref: IslandRef, props: Record<string, unknown>): VNode {
  const isInside = useContext(InsideIsland);
  const render = currentRender();
  if (!render || isInside) return unwrapped(ref, props);
  const { sent, rendered } = separateSlots(render, props);
  const id = render.islands.push({ ref, props: sent }) - 1;
  const island = unwrapped(ref, rendered);
  maskIds(island, id);
  return h(
    Fragment,
    null,
    comment(`${ISLAND_START}${id}`),
    h(InsideIsland.Provider, { value: true }, island),
    comment(ISLAND_END),
  );
}

/** `h()` would put the boundary in the component's place again. */
function unwrapped(ref: IslandRef, props: Record<string, unknown>): VNode {
  const vnode = h(ref.component, props);
  vnode.type = ref.component;
  return vnode as VNode;
}

/**
 * `useId()` counts per root, and in the browser every island is a root: without a mask of its own
 * each would begin again at the same id. The field is Preact's `_mask`, as its builds mangle it.
 */
export function maskIds(island: VNode, id: number): void {
  (island as VNode & { __m?: [number, number] }).__m = [id + 1, 0];
}

function separateSlots(render: RenderState, props: Record<string, unknown>) {
  const sent: Record<string, unknown> = {};
  const rendered: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (containsJsx(value)) {
      const slot = new Slot(render.slots.length, value as ComponentChildren);
      render.slots.push(slot);
      sent[name] = slot;
      rendered[name] = h(SlotContent, { slot });
    } else {
      sent[name] = rendered[name] = value;
    }
  }
  return { sent, rendered };
}

/** A signal passes `isValidElement`, so that it can stand among children: it is not JSX here. */
export function isJsx(value: unknown): boolean {
  return !(value instanceof Signal) && isValidElement(value);
}

function containsJsx(value: unknown): boolean {
  return Array.isArray(value) ? value.some(containsJsx) : isJsx(value);
}

/** The markup of a slot between its marks, where islands are islands again. */
export function SlotContent({ slot }: { slot: Slot }): VNode {
  slot.isRendered = true;
  return h(
    Fragment,
    null,
    comment(`${SLOT_START}${slot.id}`),
    h(InsideIsland.Provider, { value: false }, slot.content),
    comment(SLOT_END),
  );
}

function comment(text: string): VNode {
  return jsxTemplate([`<!--${text}-->`]) as VNode;
}
