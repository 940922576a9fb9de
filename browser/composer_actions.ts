import type { CardView } from "@/lib/shared/card_view.ts";
import type { ComposeText } from "@/lib/shared/compose_text.ts";
import { activate, deactivate, isActive, move, setWeight } from "./active_set.ts";
import type { Composer } from "./composer.ts";
import type { LoraFinder } from "./lora_finder.ts";

/**
 * What forms, fields and keys do in the composer. It listens at the root: every form here does the same without
 * scripts, and those about recipes are left to the browser.
 */
export class ComposerActions {
  readonly #state: Composer;
  readonly #finder: LoraFinder;
  /** Tells readers what a key did. */
  readonly #say: (text: string) => void;

  constructor(state: Composer, finder: LoraFinder, say: (text: string) => void) {
    this.#state = state;
    this.#finder = finder;
    this.#say = say;
  }

  readonly moveTo = (from: number, to: number): void => {
    const card = this.#state.cards.peek()[from];
    if (!card) return;
    this.#say(`${card.name} is now ${to + 1} of ${this.#state.cards.peek().length}`);
    void move(from, to);
  };

  readonly onSubmit = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.id === "compose-text") {
      event.preventDefault();
      if (button?.name === "add" || button?.name === "drop") this.#state.togglePhrase(button.value);
    } else if (form.dataset.does === "find") {
      event.preventDefault();
      this.#add(this.#finder.found.peek().find((card) => !isActive(card)));
    } else if (form.dataset.does === "add") {
      event.preventDefault();
      this.#add(this.#finder.found.peek().find(({ id }) => id === form.dataset.id));
    } else if (form.closest("[data-index]")) {
      event.preventDefault();
      this.#onItem(form, button?.value ?? "weight");
    }
  };

  /** While one types or drags: show it, save nothing. */
  readonly onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.form?.id === "compose-text") {
      this.#state.set({ [field.name]: field.value } as Partial<ComposeText>);
    } else if (field.name === "find") {
      this.#finder.look(field.value, this.#state.text.peek().target);
    } else {
      const card = this.#cardAt(field);
      const weight = field.valueAsNumber;
      if (card && Number.isFinite(weight)) this.#state.dragged.value = { id: card.id, weight };
    }
  };

  /** Once the hand is off. */
  readonly onChange = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.name === "target" && this.#finder.find.peek() !== "") {
      this.#finder.look(this.#finder.find.peek(), field.value);
    }
    const card = this.#cardAt(field);
    if (!card) return;
    const weight = field.valueAsNumber;
    this.#state.dragged.value = null;
    if (Number.isFinite(weight)) void setWeight(card, weight);
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || !/^Arrow(Up|Down)$/.test(event.key)) return;
    event.preventDefault();
    this.#shift(event.target as HTMLElement, event.key === "ArrowUp" ? -1 : 1);
  };

  /** Down from the field into what was found, and back up. */
  readonly onFinderKey = (event: KeyboardEvent): void => {
    if (!/^(Arrow(Up|Down)|Escape)$/.test(event.key)) return;
    const root = event.currentTarget as HTMLElement;
    const stops = [
      ...root.querySelectorAll<HTMLElement>("input[type=search], .finder-option:enabled"),
    ];
    event.preventDefault();
    if (event.key === "Escape") {
      this.#finder.look("", "");
      stops[0]?.focus();
      return;
    }
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]
      ?.focus();
  };

  #add(card: CardView | undefined): void {
    if (!card || isActive(card)) return;
    this.#say(`${card.name} added`);
    void activate(card);
  }

  #onItem(form: HTMLFormElement, intent: string): void {
    const card = this.#cardAt(form);
    if (!card) return;
    if (intent === "remove") {
      this.#say(`${card.name} taken out`);
      void deactivate(card);
    } else if (intent === "up" || intent === "down") {
      this.#shift(form, intent === "up" ? -1 : 1);
    } else {
      const { valueAsNumber } = form.elements.namedItem("weight") as HTMLInputElement;
      if (Number.isFinite(valueAsNumber)) void setWeight(card, valueAsNumber);
    }
  }

  #shift(element: HTMLElement, by: number): void {
    const row = element.closest<HTMLElement>("[data-index]");
    const from = Number(row?.dataset.index ?? -1);
    const to = from + by;
    if (!row || to < 0 || to >= this.#state.cards.peek().length) return;
    const focused = document.activeElement as HTMLElement | null;
    this.moveTo(from, to);
    // Moving a row in the document takes the focus away; the same control has it again afterwards.
    requestAnimationFrame(() => {
      const isDisabled = focused instanceof HTMLButtonElement && focused.disabled;
      if (isDisabled) row.querySelector<HTMLElement>(".stack-name a")?.focus();
      else focused?.focus();
    });
  }

  #cardAt(element: HTMLElement): CardView | undefined {
    const index = element.closest<HTMLElement>("[data-index]")?.dataset.index;
    return index === undefined ? undefined : this.#state.cards.peek()[Number(index)];
  }
}
