import { computed, signal } from "@preact/signals";
import type { AdapterCard } from "@/lib/catalog/schema.ts";
import { type CardView, cardView } from "@/lib/shared/card_view.ts";
import { orderActive } from "@/lib/shared/prompt/order.ts";
import { failureText, load, send } from "./http.ts";
import { complain } from "./toasts.ts";

/** The active set as this page knows it, in prompt order; null until the tray has started. Browser only. */
export const activeSet = signal<readonly CardView[] | null>(null);

const ids = computed(() =>
  activeSet.value === null ? null : new Set(activeSet.value.map(({ id }) => id))
);

/** True if `card` is active: what the tray says, or the card itself while there is no tray yet. */
export const isActive = (card: CardView): boolean => ids.value?.has(card.id) ?? card.active;

export function activate(card: CardView): Promise<void> {
  return optimistically(
    (set) => orderActive([...set.filter(({ id }) => id !== card.id), { ...card, active: true }]),
    () => send("POST", `/api/v1/adapters/${card.id}/activate`, {}),
    `${card.name} was not activated`,
  );
}

export function deactivate(card: CardView): Promise<void> {
  return optimistically(
    (set) => set.filter(({ id }) => id !== card.id),
    () => send("POST", `/api/v1/adapters/${card.id}/deactivate`, {}),
    `${card.name} is still active`,
  );
}

export const toggle = (card: CardView): Promise<void> =>
  isActive(card) ? deactivate(card) : activate(card);

/** @param weight -10 to 10; three decimals are kept. */
export function setWeight(card: CardView, weight: number): Promise<void> {
  const rounded = Number(Math.min(10, Math.max(-10, weight)).toFixed(3));
  if (rounded === card.weight) return Promise.resolve();
  return optimistically(
    (set) => set.map((item) => item.id === card.id ? { ...item, weight: rounded } : item),
    () => send("PATCH", `/api/v1/adapters/${card.id}`, { weight: rounded }),
    `The weight of ${card.name} is still ${card.weight}`,
  );
}

/** Moves the item at `from` to stand at `to`. The whole order becomes explicit: ordinals 0, 1, 2 ... */
export function move(from: number, to: number): Promise<void> {
  const set = activeSet.value ?? [];
  const moving = set[from];
  if (!moving || to < 0 || to >= set.length || from === to) return Promise.resolve();
  const next = set.toSpliced(from, 1).toSpliced(to, 0, moving)
    .map((item, ordinal) => ({ ...item, ordinal }));
  const ids = next.map(({ id }) => id);
  return optimistically(
    () => next,
    () => send("PUT", "/api/v1/adapters/active", { ids }),
    "The order was not saved",
  );
}

/** Passes on what was saved elsewhere on the page about an item that may be in the set. */
export function reflect(id: string, change: Partial<CardView>): void {
  const set = activeSet.value;
  if (set?.some((item) => item.id === id)) {
    activeSet.value = set.map((item) => item.id === id ? { ...item, ...change } : item);
  }
}

/** Takes what the page was rendered with, unless this browser already knows better. */
export function startWith(items: readonly CardView[]): void {
  activeSet.value ??= items;
}

async function optimistically(
  change: (set: readonly CardView[]) => readonly CardView[],
  commit: () => Promise<unknown>,
  failure: string,
): Promise<void> {
  const before = activeSet.value ?? [];
  const after = change(before);
  activeSet.value = after;
  try {
    await commit();
  } catch (error) {
    // Only if nothing newer stands on top of it.
    if (activeSet.value === after) activeSet.value = before;
    else await refreshActiveSet();
    complain(`${failure}: ${failureText(error) ?? "the request was cut off"}`);
  }
}

/** Asks the server, after something changed many at once. @throws {RequestFailed} */
export async function refreshActiveSet(): Promise<void> {
  const { items } = await load<{ items: AdapterCard[] }>("/api/v1/adapters/active");
  activeSet.value = items.map(cardView);
}
