import { type ComponentType, h, render, type VNode } from "preact";
import { signal } from "@preact/signals";
import { unflatten } from "devalue";
import { setBuildId } from "../build_id.ts";
import {
  ISLAND_END,
  ISLAND_START,
  type IslandEntry,
  type IslandPayload,
  PAYLOAD_ID,
  SLOT_START,
  SLOT_TEMPLATE_ID,
} from "../markers.ts";
import { findMarks, matchingEnd, slotContent } from "./revive.ts";
import { parentOfRange } from "./range.ts";

/** Brings the page's islands to life. Does nothing on a page without islands. */
export async function boot(): Promise<void> {
  const script = document.getElementById(PAYLOAD_ID);
  if (!script) return;
  const payload: IslandPayload = JSON.parse(script.textContent!);
  setBuildId(payload.b);
  const modules = await Promise.all(
    payload.m.map((url): Promise<Record<string, ComponentType>> => import(/* @vite-ignore */ url)),
  );

  const slots = new Map<number, VNode>();
  const entries = unflatten(payload.p, {
    Signal: ([value]: [unknown]) => signal(value),
    Slot: ([id]: [number]) => h(SlotContent, { id, slots }),
  }) as IslandEntry[];
  const island = (id: number): VNode => {
    const [module, exportName, props] = entries[id]!;
    const vnode = h(modules[module]![exportName]!, props);
    // The same ids from `useId()` as on the server, and no other island's. The field is Preact's
    // `_mask`, as its builds mangle it.
    (vnode as VNode & { __m?: [number, number] }).__m = [id + 1, 0];
    return vnode;
  };

  const marks = findMarks(document.body);
  // Before anything is rendered, as rendering moves and removes the nodes that slots are read from.
  for (const mark of [...marks.slots, ...slotsOfTemplates()]) {
    const id = Number(mark.data.slice(SLOT_START.length));
    if (!slots.has(id)) slots.set(id, slotContent(mark, island));
  }
  for (const start of marks.islands) {
    const end = matchingEnd(start, ISLAND_START, ISLAND_END);
    // Not `hydrate()`: attributes that differ in the browser must be patched.
    render(island(Number(start.data.slice(ISLAND_START.length))), parentOfRange(start, end));
  }
}

function SlotContent({ id, slots }: { id: number; slots: Map<number, VNode> }): VNode | null {
  return slots.get(id) ?? null;
}

/** Slots that no island showed at first wait in templates. */
function slotsOfTemplates(): Comment[] {
  const templates = document.querySelectorAll<HTMLTemplateElement>(
    `template[id^="${SLOT_TEMPLATE_ID}"]`,
  );
  return [...templates].flatMap(({ content }) => findMarks(content).slots);
}
