import { batch, computed, signal } from "@preact/signals";
import type { LibraryData } from "@/lib/shared/library_page.ts";
import type { CardView } from "@/lib/shared/card_view.ts";
import { canonical, filtersOf, libraryHref } from "@/lib/shared/library_url.ts";
import { CardPages } from "./card_pages.ts";
import { failureText, load } from "./http.ts";
import { Selection } from "./selection.ts";
import { complain } from "./toasts.ts";

const EMPTY_FACETS: NonNullable<LibraryData["facets"]> = {
  tag: [],
  base_model: [],
  author: [],
  file_status: [],
  rating: [],
  collection: [],
  active: 0,
  favorite: 0,
  hidden: 0,
  cut: [],
};

/** The largest page that the server gives. */
const MOST_AT_ONCE = 500;

/** The library page's state: what is asked for, what has arrived, what is selected, where the keyboard stands. */
export class Library {
  readonly search;
  readonly facets;
  readonly total;
  /** Rises whenever `pages` changes: the cards live in it, not in signals. */
  readonly revision = signal(0);
  readonly busy = signal(false);
  /** Why the last load failed; the old results stay. */
  readonly failure = signal<string | null>(null);
  /** Place of the keyboard's card; -1 before the first key. */
  readonly cursor = signal(-1);
  readonly selection = new Selection();
  readonly atEnd = computed(() => this.revision.value >= 0 && this.#pages.nextCursor === null);
  #pages: CardPages;
  #running: AbortController | null = null;
  #loadingMore = false;

  constructor(search: string, data: LibraryData) {
    this.search = signal(search);
    this.facets = signal(data.facets ?? EMPTY_FACETS);
    this.total = signal(data.total);
    this.#pages = new CardPages(data);
  }

  /** Read inside a render or effect, it follows changes. */
  get pages(): CardPages {
    this.revision.value;
    return this.#pages;
  }

  /** Shows other results: the URL at once, the cards when they arrive. */
  async go(search: string, history: "push" | "replace" | "none" = "push"): Promise<void> {
    const next = canonical(search);
    if (history === "push") globalThis.history.pushState(null, "", libraryHref(next));
    if (history === "replace") globalThis.history.replaceState(null, "", libraryHref(next));
    const isOther = filtersOf(next) !== filtersOf(this.search.peek());
    this.search.value = next;
    if (isOther) this.selection.clear();
    await this.reload(history === "push" && isOther);
  }

  /** Asks again for what is shown. */
  async reload(toTop = false): Promise<void> {
    this.#running?.abort();
    const running = this.#running = new AbortController();
    this.busy.value = true;
    try {
      const data = await load<LibraryData>(this.#address({ facets: "1" }), running.signal);
      batch(() => {
        this.#pages = new CardPages(data);
        this.total.value = data.total;
        this.facets.value = data.facets ?? EMPTY_FACETS;
        this.failure.value = null;
        this.cursor.value = -1;
        this.revision.value++;
      });
      if (toTop) scrollTo({ top: 0 });
    } catch (error) {
      const text = failureText(error);
      if (text !== null) this.failure.value = text;
    } finally {
      if (this.#running === running) {
        this.busy.value = false;
        this.#running = null;
      }
    }
  }

  async more(): Promise<void> {
    const pages = this.#pages;
    if (pages.nextCursor === null || this.#loadingMore || this.busy.peek()) return;
    this.#loadingMore = true;
    try {
      const data = await load<LibraryData>(this.#address({ cursor: pages.nextCursor }));
      if (pages !== this.#pages) return;
      pages.append(data);
      this.failure.value = null;
      this.revision.value++;
    } catch (error) {
      this.failure.value = failureText(error);
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Keeps the cards around `from..to` in memory and lets the far ones go. */
  focus(from: number, to: number): void {
    const pages = this.#pages;
    for (const { cursor, limit, start } of pages.focus(from, to)) {
      const place = {
        ...(cursor === null ? {} : { cursor }),
        ...(limit === null ? {} : { limit }),
      };
      load<LibraryData>(this.#address(place)).then((data) => {
        if (pages !== this.#pages) return;
        pages.restore(start, data);
        this.revision.value++;
      }).catch((error) => complain(failureText(error) ?? "The page was not loaded"));
    }
  }

  /** Asks again for everything loaded so far, in place: after many changed at once. */
  async refresh(): Promise<void> {
    const pages = this.#pages;
    const first = await load<LibraryData>(this.#address({ facets: "1" }));
    if (pages !== this.#pages) return;
    batch(() => {
      this.facets.value = first.facets ?? EMPTY_FACETS;
      this.total.value = first.total;
      pages.forget();
      pages.restore(0, first);
      this.revision.value++;
    });
  }

  /** Ids of everything that matches, loaded or not. */
  async allIds(): Promise<string[]> {
    const ids = [...this.#pages.ids];
    for (let cursor = this.#pages.nextCursor; cursor !== null;) {
      const page = await load<LibraryData>(this.#address({ cursor, limit: String(MOST_AT_ONCE) }));
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    return ids;
  }

  /** Loads on until `count` cards are there: back at the page, one wants to be where one was. */
  async loadUntil(count: number): Promise<void> {
    const pages = this.#pages;
    while (pages.length < count && pages.nextCursor !== null) {
      const limit = String(Math.min(MOST_AT_ONCE, count - pages.length));
      const page = await load<LibraryData>(this.#address({ cursor: pages.nextCursor, limit }));
      if (pages !== this.#pages) return;
      pages.append(page, limit);
    }
    this.revision.value++;
  }

  update(id: string, change: Partial<CardView>): void {
    this.#pages.update(id, change);
    this.revision.value++;
  }

  /** Changes a card at once and back again, with a message, if the server refuses. */
  async optimistically(
    card: CardView,
    change: Partial<CardView>,
    commit: () => Promise<unknown>,
    failure: string,
  ): Promise<void> {
    this.update(card.id, change);
    try {
      await commit();
    } catch (error) {
      this.update(card.id, card);
      complain(`${failure}: ${failureText(error) ?? "the request was cut off"}`);
    }
  }

  #address(extra: Record<string, string>): string {
    const params = new URLSearchParams(this.search.peek());
    for (const [name, value] of Object.entries(extra)) params.set(name, value);
    return `/library?${params}`;
  }
}

/** The library on this page, if this page is the library: the search box filters it as one types. Browser only. */
export const libraryOnPage = signal<Library | null>(null);
