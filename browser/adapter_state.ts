import { signal } from "@preact/signals";
import type { Adapter } from "@/lib/catalog/schema.ts";
import { type AdapterPanelView, adapterPanelView } from "@/lib/shared/adapter_panel.ts";
import { reflect } from "./active_set.ts";
import { failureText, send } from "./http.ts";
import { complain } from "./toasts.ts";

export type PanelChange = Partial<
  Pick<
    Adapter,
    "name" | "tags" | "notes" | "weight" | "rating" | "is_favorite" | "trigger_sets"
  >
>;

/** One adapter as its page shows it: changed at once, and changed back with a message if the server refuses. */
export class AdapterState {
  readonly view;
  /** What the last save came to, for readers and eyes beside the field: "Saved", or nothing. */
  readonly saved = signal<keyof PanelChange | null>(null);
  /** Saves one after the other, so that the last one typed wins. */
  #queue: Promise<void> = Promise.resolve();

  constructor(view: AdapterPanelView) {
    this.view = signal(view);
  }

  save(change: PanelChange): Promise<void> {
    const before = this.view.peek();
    this.view.value = { ...before, ...change };
    return this.#queue = this.#queue.then(() => this.#commit(before, change));
  }

  /** Puts into, or takes out of, a collection. */
  async collect(collection: { id: string; name: string }, isIn: boolean): Promise<void> {
    const before = this.view.peek();
    const others = before.collections.filter(({ id }) => id !== collection.id);
    this.view.value = { ...before, collections: isIn ? [...others, collection] : others };
    try {
      await send("POST", "/api/v1/adapters/bulk", {
        action: isIn ? "collect" : "uncollect",
        collection_id: collection.id,
        ids: [before.id],
      });
    } catch (error) {
      this.view.value = { ...this.view.peek(), collections: before.collections };
      complain(`“${collection.name}” is as it was: ${failureText(error)}`);
    }
  }

  async #commit(before: AdapterPanelView, change: PanelChange): Promise<void> {
    const { id } = before;
    try {
      const { adapter } = await send<{ adapter: Adapter }>(
        "PATCH",
        `/api/v1/adapters/${id}`,
        change,
      );
      const { card, edited_fields, token } = adapterPanelView(adapter);
      this.view.value = { ...this.view.peek(), card, edited_fields, token };
      reflect(id, { name: card.name, weight: card.weight, token });
      this.saved.value = Object.keys(change)[0] as keyof PanelChange;
    } catch (error) {
      const undone = Object.fromEntries(
        Object.keys(change).map((key) => [key, before[key as keyof PanelChange]]),
      );
      this.view.value = { ...this.view.peek(), ...undone };
      complain(`Not saved: ${failureText(error) ?? "the request was cut off"}`);
    }
  }
}
