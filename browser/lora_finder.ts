import { signal } from "@preact/signals";
import type { CardView } from "@/lib/shared/card_view.ts";
import type { LibraryData } from "@/lib/shared/library_page.ts";
import { failureText, load } from "./http.ts";

const SHOWN = 8;
const PAUSE_MS = 110;

/** Looks for LoRAs as one types; only the last question's answer counts. */
export class LoraFinder {
  readonly find = signal("");
  readonly found = signal<readonly CardView[]>([]);
  /** Why the last search failed. */
  readonly failure = signal<string | null>(null);
  readonly isBusy = signal(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  constructor(find: string, found: readonly CardView[]) {
    this.find.value = find;
    this.found.value = found;
  }

  /** @param target Only LoRAs that fit this base model; "" for all. */
  look(find: string, target: string): void {
    this.find.value = find;
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.failure.value = null;
    this.isBusy.value = find.trim() !== "";
    if (!this.isBusy.value) {
      this.found.value = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(find.trim(), target), PAUSE_MS);
  }

  async #ask(q: string, target: string): Promise<void> {
    const running = this.#running = new AbortController();
    const params = new URLSearchParams({ q, limit: String(SHOWN) });
    if (target) params.set("compatible_with", target);
    try {
      const { items } = await load<LibraryData>(`/library?${params}`, running.signal);
      this.found.value = items;
      this.isBusy.value = false;
    } catch (error) {
      const reason = failureText(error);
      if (reason === null) return;
      this.failure.value = reason;
      this.isBusy.value = false;
    }
  }
}
