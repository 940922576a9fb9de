import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";

/** The newest records as pictures: the library filling up. */
export function Latest({ cards, blurFrom }: { cards: readonly CardView[]; blurFrom: number }) {
  if (cards.length === 0) return null;
  return (
    <ul class="latest" aria-label="Newest in the library">
      {cards.map((card) => (
        <li key={card.id}>
          <a href={`/adapters/${card.id}`} title={card.name}>
            <img
              class={`tint-${card.tint}${nsfwRank(card.nsfw) >= blurFrom ? " is-blurred" : ""}`}
              src={pictureUrl(card.id, card.picture, 256)}
              width={96}
              height={128}
              decoding="async"
              alt={card.name}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
