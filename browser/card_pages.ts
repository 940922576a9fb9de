import type { CardView } from "@/lib/shared/card_view.ts";

export interface CardPage {
  items: CardView[];
  next_cursor: string | null;
}

interface Extent {
  start: number;
  end: number;
  /** Fetches this page again. */
  cursor: string | null;
  /** Its size if it is not the usual one. */
  limit: string | null;
  /** True if it came back shorter than it was: asking again would not help. */
  shrunk: boolean;
  loading: boolean;
}

/** How many pages around the visible ones keep their cards. */
const KEPT_AROUND = 6;

/**
 * The cards seen so far, by place. Far from the window only the id and the shape of a card are kept, and its page is
 * fetched again when the window returns: 70,000 cards cost a few megabytes, not a few hundred.
 */
export class CardPages {
  readonly ids: string[] = [];
  readonly shapes: number[] = [];
  #cards: (CardView | null)[] = [];
  #extents: Extent[] = [];
  #next: string | null;

  constructor(first: CardPage) {
    this.#next = null;
    this.append(first);
  }

  get length(): number {
    return this.ids.length;
  }

  /** Cursor of the page after the last one; null at the end. */
  get nextCursor(): string | null {
    return this.#next;
  }

  at(index: number): CardView | null {
    return this.#cards[index] ?? null;
  }

  indexOf(id: string): number {
    return this.ids.indexOf(id);
  }

  append(page: CardPage, limit: string | null = null): void {
    const start = this.length;
    for (const card of page.items) {
      this.ids.push(card.id);
      this.shapes.push(card.shape);
      this.#cards.push(card);
    }
    this.#extents.push({
      start,
      end: this.length,
      cursor: this.#next,
      limit,
      shrunk: false,
      loading: false,
    });
    this.#next = page.next_cursor;
  }

  update(id: string, change: Partial<CardView>): void {
    const index = this.indexOf(id);
    const card = this.#cards[index];
    if (card) this.#cards[index] = { ...card, ...change };
  }

  /** Keeps ids and shapes only, so that every page is fetched again when it is looked at. */
  forget(): void {
    this.#cards.fill(null);
  }

  /** Lets go of cards far from `from..to` and names the pages near it that have to be fetched again. */
  focus(from: number, to: number): Pick<Extent, "cursor" | "limit" | "start">[] {
    const first = this.#extents.findIndex(({ end }) => end > from);
    const last = this.#extents.findIndex(({ end }) => end >= to);
    const missing: Pick<Extent, "cursor" | "limit" | "start">[] = [];
    this.#extents.forEach((extent, index) => {
      const { start, end } = extent;
      if (index < first - KEPT_AROUND || index > last + KEPT_AROUND) {
        this.#cards.fill(null, start, end);
      } else if (index >= first - 1 && index <= last + 1 && !extent.shrunk && !extent.loading) {
        extent.loading = this.#cards.slice(start, end).includes(null);
        if (extent.loading) missing.push(extent);
      }
    });
    return missing;
  }

  /** Puts a page that `focus` asked for back into its place. */
  restore(start: number, page: CardPage): void {
    const extent = this.#extents.find((candidate) => candidate.start === start);
    if (!extent) return;
    extent.loading = false;
    extent.shrunk = page.items.length < extent.end - start;
    page.items.slice(0, extent.end - start).forEach((card, offset) => {
      this.ids[start + offset] = card.id;
      this.shapes[start + offset] = card.shape;
      this.#cards[start + offset] = card;
    });
  }
}
