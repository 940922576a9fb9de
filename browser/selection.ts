import { computed, signal } from "@preact/signals";

/** Which cards are ticked, and from where a range starts. */
export class Selection {
  readonly ids = signal<ReadonlySet<string>>(new Set());
  readonly size = computed(() => this.ids.value.size);
  #anchor: string | null = null;

  has(id: string): boolean {
    return this.ids.value.has(id);
  }

  clear(): void {
    this.#anchor = null;
    if (this.ids.peek().size > 0) this.ids.value = new Set();
  }

  toggle(id: string): void {
    const next = new Set(this.ids.peek());
    if (!next.delete(id)) next.add(id);
    this.#anchor = id;
    this.ids.value = next;
  }

  /** Adds everything from the last one touched to `id`, in the order of `all`. */
  extendTo(id: string, all: readonly string[]): void {
    const from = this.#anchor === null ? -1 : all.indexOf(this.#anchor);
    if (from < 0) return this.toggle(id);
    const to = all.indexOf(id);
    const range = all.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.ids.value = new Set([...this.ids.peek(), ...range]);
  }

  add(ids: readonly string[]): void {
    this.ids.value = new Set([...this.ids.peek(), ...ids]);
  }

  /** Forgets those that no longer exist. */
  drop(ids: readonly string[]): void {
    const next = new Set(this.ids.peek());
    for (const id of ids) next.delete(id);
    this.ids.value = next;
  }
}
