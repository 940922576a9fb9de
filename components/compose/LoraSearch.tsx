import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import type { ComposeText } from "@/lib/shared/compose_text.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { Icon } from "../Icon.tsx";
import { TextFields } from "./TextFields.tsx";

interface LoraSearchProps {
  text: ComposeText;
  find: string;
  found: readonly CardView[];
  failure: string | null;
  busy: boolean;
  blurFrom: number;
  isActive: (card: CardView) => boolean;
}

/** Finds LoRAs to add. A form of its own; what it finds can be added by forms too. */
export function LoraSearch(
  { text, find, found, failure, busy, blurFrom, isActive }: LoraSearchProps,
) {
  const nothing = find.trim() !== "" && found.length === 0 && !busy && failure === null;
  return (
    <div class="finder">
      <form method="get" action="/compose" role="search" class="finder-form" data-does="find">
        <TextFields text={text} />
        <Icon name="search" />
        <input
          class="input"
          type="search"
          name="find"
          value={find}
          maxLength={300}
          placeholder={text.target ? `Add a LoRA that fits ${text.target}` : "Add a LoRA"}
          aria-label="Find a LoRA to add"
          autocomplete="off"
          spellcheck={false}
        />
        <button type="submit" class="btn unscripted">Search</button>
      </form>
      <div role="status" class={failure || nothing ? "finder-none" : "sr-only"}>
        {failure ??
          (nothing
            ? text.target ? `Nothing found that fits ${text.target}` : "Nothing found"
            : found.length > 0
            ? `${found.length} found`
            : "")}
      </div>
      {found.length > 0 && (
        <ul class="finder-list">
          {found.map((card) => (
            <li key={card.id}>
              <form method="post" action="/compose" data-does="add" data-id={card.id}>
                <TextFields text={text} />
                <input type="hidden" name="intent" value="add" />
                <input type="hidden" name="id" value={card.id} />
                <button
                  type="submit"
                  class="finder-option"
                  disabled={isActive(card)}
                >
                  <img
                    class={`tint-${card.tint}${
                      nsfwRank(card.nsfw) >= blurFrom ? " is-blurred" : ""
                    }`}
                    src={pictureUrl(card.id, card.picture, 64)}
                    width={36}
                    height={36}
                    alt=""
                  />
                  <span class="finder-name">
                    <span class="sr-only">{isActive(card) ? "In the prompt: " : "Add "}</span>
                    {card.name}
                  </span>
                  {card.baseModel && <span class="badge">{card.baseModel}</span>}
                  <Icon name={isActive(card) ? "check" : "plus"} />
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
