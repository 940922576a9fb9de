import { computed, effect, signal } from "@preact/signals";
import type { CardView } from "@/lib/shared/card_view.ts";
import {
  composeHref,
  type ComposeText,
  hasPhrase,
  withoutPhrase,
  withPhrase,
} from "@/lib/shared/compose_text.ts";
import { composePrompt, parsePrompt, type PromptItem } from "@/lib/shared/prompt/mod.ts";
import { activeSet } from "./active_set.ts";
import { failureText, load } from "./http.ts";
import { complain } from "./toasts.ts";

const URL_PAUSE_MS = 300;

/** The composer's state: the active set, which the tray shares, and the text around it. */
export class Composer {
  readonly text = signal<ComposeText>({ prefix: "", suffix: "", triggers: "none", target: "" });
  /** A weight that is being dragged and not yet saved. */
  readonly dragged = signal<{ id: string; weight: number } | null>(null);
  readonly cards = computed(() => activeSet.value ?? this.#rendered);
  readonly items = computed(() => this.cards.value.map((card) => this.#itemOf(card)));
  readonly composed = computed(() => {
    const { target, ...text } = this.text.value;
    return composePrompt({
      ...text,
      items: this.items.value,
      target_base_model: target || undefined,
    });
  });
  readonly #rendered: readonly CardView[];
  readonly #known = signal<ReadonlyMap<string, PromptItem>>(new Map());

  constructor(text: ComposeText, cards: readonly CardView[], items: readonly PromptItem[]) {
    this.text.value = text;
    this.#rendered = cards;
    this.#known.value = new Map(items.map((item) => [item.id, item]));
  }

  /** Keeps the URL and what is known of the items current. @returns Stops that. */
  start(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopUrl = effect(() => {
      const href = composeHref(this.text.value);
      clearTimeout(timer);
      timer = setTimeout(() => history.replaceState(history.state, "", href), URL_PAUSE_MS);
    });
    const stopItems = effect(() => {
      const known = this.#known.peek();
      if (this.cards.value.some(({ id }) => !known.has(id))) void this.#learn();
    });
    return () => {
      clearTimeout(timer);
      stopUrl();
      stopItems();
    };
  }

  set(change: Partial<ComposeText>): void {
    this.text.value = { ...this.text.peek(), ...change };
  }

  /** Puts a phrase at the end of the text, or takes it out where it is. */
  togglePhrase(phrase: string): void {
    const text = this.text.peek();
    this.text.value = hasPhrase(text, phrase)
      ? withoutPhrase(text, phrase)
      : withPhrase(text, phrase);
  }

  #itemOf(card: CardView): PromptItem {
    const { id, name } = card;
    const dragged = this.dragged.value;
    const weight = dragged?.id === id ? dragged.weight : card.weight;
    const known = this.#known.value.get(id);
    if (known) return { ...known, name, weight };
    // Just added: what the card shows does until the server has told the rest.
    const [token] = parsePrompt(card.token);
    return {
      id,
      name,
      stem: token?.type === "lora" ? token.stem : name,
      weight,
      base_model: card.baseModel,
      trained_words: card.trainedWords,
      file_status: card.status,
      file_format: card.format,
    };
  }

  async #learn(): Promise<void> {
    try {
      const { items } = await load<{ items: PromptItem[] }>("/compose/state");
      this.#known.value = new Map([
        ...this.#known.peek(),
        ...items.map((item) => [item.id, item] as const),
      ]);
    } catch (error) {
      const reason = failureText(error);
      if (reason) complain(`Trigger words of new LoRAs are not known yet: ${reason}`);
    }
  }
}
