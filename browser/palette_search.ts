import { computed, signal } from "@preact/signals";
import { PAGES } from "@/components/frame/pages.ts";
import type { PaletteEntry } from "@/components/frame/Palette.tsx";
import type { LibraryData } from "@/lib/shared/library_page.ts";
import { pictureUrl } from "@/lib/shared/card_view.ts";
import { failureText, load } from "./http.ts";

const SHOWN = 7;
const PAUSE_MS = 90;

/** The command palette: pages at once, LoRAs as soon as the server has found them. */
export class PaletteSearch {
  readonly isOpen = signal(false);
  readonly index = signal(-1);
  readonly entries = signal<readonly PaletteEntry[]>([]);
  readonly chosen = computed(() =>
    this.isOpen.value ? this.entries.value[this.index.value] ?? null : null
  );
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    const query = text.replace(/^>/, "").trim();
    const pages = pagesFor(query);
    this.isOpen.value = true;
    this.entries.value = pages;
    this.index.value = query === "" || pages.length === 0 ? -1 : 0;
    clearTimeout(this.#timer);
    this.#running?.abort();
    if (query === "" || text.startsWith(">")) return;
    this.#timer = setTimeout(() => void this.#find(query, pages), PAUSE_MS);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.isOpen.value = false;
    this.index.value = -1;
  }

  step(by: number): void {
    const count = this.entries.value.length;
    if (count > 0) this.index.value = (this.index.value + by + count) % count;
  }

  async #find(query: string, pages: readonly PaletteEntry[]): Promise<void> {
    const running = this.#running = new AbortController();
    try {
      const params = new URLSearchParams({ q: query, limit: String(SHOWN) });
      const { items, total } = await load<LibraryData>(`/library?${params}`, running.signal);
      const found = items.map((card): PaletteEntry => ({
        href: `/adapters/${card.id}`,
        label: card.name,
        note: card.baseModel ?? "",
        picture: pictureUrl(card.id, card.picture, 64),
      }));
      const all: PaletteEntry[] = total > SHOWN
        ? [{
          href: `/?${new URLSearchParams({ q: query })}`,
          label: `All ${total} results`,
          note: "Library",
          icon: "search",
        }]
        : [];
      this.entries.value = [...found, ...all, ...pages];
    } catch (error) {
      // What the server did not find is simply not listed; the pages still are.
      failureText(error);
    }
  }
}

function pagesFor(query: string): PaletteEntry[] {
  const wanted = query.toLowerCase();
  return PAGES.filter(({ label, words }) =>
    wanted === "" || `${label} ${words}`.toLowerCase().split(" ").some((word) =>
      word.startsWith(wanted)
    ) ||
    label.toLowerCase().includes(wanted)
  ).map(({ href, label, icon }) => ({ href, label, icon, note: "Go to page" }));
}
