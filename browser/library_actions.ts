import { signal } from "@preact/signals";
import type { CardView } from "@/lib/shared/card_view.ts";
import { canonical, withOnly, withValue } from "@/lib/shared/library_url.ts";
import { plural } from "@/lib/shared/format.ts";
import { refreshActiveSet, toggle } from "./active_set.ts";
import { failureText, send } from "./http.ts";
import type { Library } from "./library.ts";
import { complain, tell } from "./toasts.ts";
import type { LibraryKeys } from "./use_library_keys.ts";

/** What the API takes at once. */
const BULK = 1000;

interface BulkOutcome {
  updated: number;
  not_found: string[];
  errors: { id: string; message: string }[];
}

/**
 * What clicks, forms and keys do to the library. It listens at the root: cards hold no handlers, and every link and
 * button here does the same without scripts.
 */
export class LibraryActions {
  readonly deleting = signal(false);
  readonly #library: Library;
  /** Place of a card that the keyboard went to and that is not in the document yet. */
  #wanted: number | null = null;

  constructor(library: Library) {
    this.#library = library;
  }

  readonly onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (link) return this.#onLink(event, link);
    const pick = target.closest<HTMLInputElement>("input.pick");
    if (pick) return this.#select(pick.value, event.shiftKey);
    const button = target.closest<HTMLButtonElement>("button[name]");
    const card = button && this.#cardAt(button.value);
    if (!card) return;
    event.preventDefault();
    if (button.name.endsWith("activate")) void toggle(card);
    else void this.#favorite(card);
  };

  readonly onSubmit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    if (form.method === "get") {
      const [name, value] = askedIn(form);
      const search = this.#library.search.peek();
      if (name === "tag") form.reset();
      void this.#library.go(
        name === "tag" ? withValue(search, name, value) : withOnly(search, name, value || null),
      );
      return;
    }
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.name === "action") {
      this.#bulk(button.value === "default" ? fieldsAction() : button.value, new FormData(form));
    }
  };

  /** A choice that is a filter by itself. */
  readonly onChange = (event: Event): void => {
    const field = event.target as HTMLSelectElement;
    if (field.dataset.submits !== undefined) field.form?.requestSubmit();
  };

  readonly selectAll = async (): Promise<void> => {
    const { selection } = this.#library;
    selection.add(this.#library.pages.ids);
    try {
      selection.add(await this.#library.allIds());
    } catch (error) {
      complain(`Only what is loaded was selected: ${failureText(error)}`);
    }
  };

  readonly deleteSelected = async (): Promise<void> => {
    this.deleting.value = false;
    const ids = [...this.#library.selection.ids.peek()];
    if (!await this.#run({ action: "delete" }, ids, "deleted")) return;
    this.#library.selection.clear();
    await Promise.all([this.#library.reload(), refreshActiveSet()]);
  };

  /** Takes the focus to the card that the keyboard went to before it was in the document, or scrolls towards it. */
  focusWanted(list: HTMLElement | null): void {
    if (this.#wanted === null || !list || this.#focus(this.#wanted)) return;
    const share = this.#wanted / Math.max(1, this.#library.pages.length);
    scrollTo({ top: list.offsetTop + share * list.scrollHeight - innerHeight / 2 });
  }

  keys(help: () => void): LibraryKeys {
    const library = this.#library;
    const current = (): CardView | null => library.pages.at(this.#place());
    return {
      next: (step) => this.#moveTo(this.#place() + step),
      nextRow: (step) => this.#moveTo(this.#placeInNextRow(step)),
      toggleActive: () => {
        const card = current();
        if (card) void toggle(card);
      },
      toggleFavorite: () => {
        const card = current();
        if (card) void this.#favorite(card);
      },
      toggleSelected: (range) => {
        const card = current();
        if (card) this.#select(card.id, range);
      },
      edit: () => {
        const card = current();
        if (card) location.assign(`/adapters/${card.id}?edit=1`);
      },
      help,
      escape: () => library.selection.clear(),
    };
  }

  #onLink(event: MouseEvent, link: HTMLAnchorElement): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.button !== 0) return;
    const card = link.classList.contains("card-link") && link.closest<HTMLElement>("[data-id]");
    if (card) {
      // While a selection stands, a click on a picture adds to it, as in every photo library.
      if (!event.shiftKey && this.#library.selection.size.peek() === 0) return;
      event.preventDefault();
      return this.#select(card.dataset.id!, event.shiftKey);
    }
    const url = new URL(link.href);
    if (event.shiftKey || url.origin !== location.origin || url.pathname !== "/") return;
    event.preventDefault();
    if (url.searchParams.has("cursor")) return void this.#library.more();
    link.closest("details.menu")?.removeAttribute("open");
    void this.#library.go(canonical(url.searchParams));
  }

  #select(id: string, range: boolean): void {
    const { selection, pages } = this.#library;
    if (range) selection.extendTo(id, pages.ids);
    else selection.toggle(id);
  }

  #cardAt(id: string): CardView | null {
    const { pages } = this.#library;
    return pages.at(pages.indexOf(id));
  }

  /** Where the focus is, else where the keyboard was. */
  #place(): number {
    const focused = document.activeElement?.closest<HTMLElement>("[data-id]")?.dataset.id;
    return focused ? this.#library.pages.indexOf(focused) : this.#library.cursor.peek();
  }

  /** The focus moves at once if the card is in the document, else as soon as it is. */
  #moveTo(index: number): void {
    const { pages, cursor } = this.#library;
    const next = Math.min(pages.length - 1, Math.max(0, index));
    this.#wanted = next;
    this.#focus(next);
    cursor.value = next;
  }

  #focus(index: number): boolean {
    const card = document.getElementById(`card-${this.#library.pages.ids[index]}`);
    if (!card) return false;
    card.querySelector<HTMLElement>(".card-link")?.focus();
    this.#wanted = null;
    return true;
  }

  /** The card above or below the middle of this one. */
  #placeInNextRow(step: number): number {
    const place = this.#place();
    const here = document.getElementById(`card-${this.#library.pages.ids[place]}`)
      ?.getBoundingClientRect();
    if (!here) return place;
    const middle = here.left + here.width / 2;
    for (let index = place + step;; index += step) {
      const box = document.getElementById(`card-${this.#library.pages.ids[index]}`)
        ?.getBoundingClientRect();
      if (!box) return place;
      if (box.top !== here.top && box.left <= middle && box.right >= middle) return index;
    }
  }

  #favorite(card: CardView): Promise<void> {
    const favorite = !card.favorite;
    return this.#library.optimistically(
      card,
      { favorite },
      () => send("PATCH", `/api/v1/adapters/${card.id}`, { is_favorite: favorite }),
      `${card.name} is ${favorite ? "no favourite yet" : "still a favourite"}`,
    );
  }

  #bulk(action: string, fields: FormData): void {
    const ids = [...this.#library.selection.ids.peek()];
    const tags = String(fields.get("bulk_tags") ?? "").split(",").map((tag) => tag.trim())
      .filter(Boolean);
    switch (action) {
      case "delete":
        this.deleting.value = true;
        return;
      case "export":
        return this.#export(ids);
      case "tag":
      case "untag":
        if (tags.length === 0) return complain("Type one or more tags first, separated by commas");
        return void this.#change({ action, tags }, ids, action === "tag" ? "tagged" : "untagged");
      case "weight": {
        const weight = Number(fields.get("bulk_weight"));
        return void this.#change({ action, weight }, ids, `set to weight ${weight}`);
      }
      case "collect":
      case "uncollect": {
        const collection_id = String(fields.get("bulk_collection"));
        const done = action === "collect" ? "collected" : "taken out of the collection";
        return void this.#change({ action, collection_id }, ids, done);
      }
      default:
        return void this.#change({ action }, ids, `${action}d`);
    }
  }

  async #change(body: Record<string, unknown>, ids: string[], done: string): Promise<void> {
    if (!await this.#run(body, ids, done)) return;
    for (const details of document.querySelectorAll(".bulk details[open]")) {
      details.removeAttribute("open");
    }
    await Promise.all([this.#library.refresh(), refreshActiveSet()]);
  }

  async #run(body: Record<string, unknown>, ids: string[], done: string): Promise<boolean> {
    try {
      let updated = 0;
      for (let from = 0; from < ids.length; from += BULK) {
        const outcome = await send<BulkOutcome>("POST", "/api/v1/adapters/bulk", {
          ...body,
          ids: ids.slice(from, from + BULK),
        });
        updated += outcome.updated;
        const [error] = outcome.errors;
        if (error) complain(`${plural(outcome.errors.length, "LoRA")} left out: ${error.message}`);
      }
      tell(`${plural(updated, "LoRA")} ${done}`);
      return true;
    } catch (error) {
      complain(`Nothing was changed: ${failureText(error) ?? "the request was cut off"}`);
      return false;
    }
  }

  /** A form's answer that is a download leaves the page where it is. */
  #export(ids: string[]): void {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/";
    for (const [name, value] of [["action", "export"], ...ids.map((id) => ["id", id])]) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name!;
      input.value = value!;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }
}

/** What Enter means in the field of the bulk bar that has the focus. */
function fieldsAction(): string {
  const field = document.activeElement?.getAttribute("name");
  return field === "bulk_weight" ? "weight" : field === "bulk_collection" ? "collect" : "tag";
}

/** The one filter that a small form of the facets sets; its hidden fields only repeat the others. */
function askedIn(form: HTMLFormElement): ["tag" | "compatible_with", string] {
  const field = form.querySelector<HTMLInputElement>("[name]:not([type=hidden])")!;
  const name = field.name === "compatible_with" ? "compatible_with" : "tag";
  return [name, field.value.trim()];
}
