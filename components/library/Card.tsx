import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import { ratioOfShape } from "@/lib/shared/picture_shape.ts";
import { Icon } from "../Icon.tsx";

const WIDTH = 320;
const SIZES = "(max-width: 40rem) 45vw, 260px";

export interface CardProps {
  card: CardView;
  active: boolean;
  selected: boolean;
  veiled: boolean;
  /** True for the first few: they are on screen when the page arrives. */
  eager: boolean;
  /** 1-based place among `total`, for readers: not all cards are in the document. */
  place: number;
  total: number;
}

/**
 * One adapter in the gallery. Its controls are submit buttons of the form around the gallery, so the card works without
 * scripts; with them the gallery listens and nothing here holds a handler.
 */
export function Card({ card, active, selected, veiled, eager, place, total }: CardProps) {
  const { id, name } = card;
  const missing = card.status !== "present";
  return (
    <li
      id={`card-${id}`}
      data-id={id}
      class={`card shape-${card.shape} tint-${card.tint}` + (active ? " is-active" : "") +
        (selected ? " is-selected" : "") + (missing ? " is-missing" : "") +
        (veiled ? " is-veiled" : "")}
      aria-posinset={place}
      aria-setsize={total}
    >
      <a class="card-link" href={`/adapters/${id}`}>
        <img
          class="card-picture"
          src={pictureUrl(id, card.picture, 320)}
          srcset={`${pictureUrl(id, card.picture, 320)} 320w, ${
            pictureUrl(id, card.picture, 512)
          } 512w, ${pictureUrl(id, card.picture, 768)} 768w`}
          sizes={SIZES}
          width={WIDTH}
          height={Math.round(WIDTH / ratioOfShape(card.shape))}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          alt=""
        />
        <span class="card-caption">
          <span class="card-name">{name}</span>
          <span class="card-meta">{[card.version, card.author].filter(Boolean).join(" · ")}</span>
          {card.trainedWords.length > 0 && (
            <span class="card-words" aria-hidden="true">{card.trainedWords.join(", ")}</span>
          )}
        </span>
      </a>
      <div class="card-badges">
        {card.baseModel && <span class="on-picture">{card.baseModel}</span>}
        {missing && (
          <span class="on-picture">
            <Icon name="file-warning" />
            {card.status}
          </span>
        )}
        {card.video && <Icon name="play" label="Video" class="on-picture" />}
      </div>
      {veiled && (
        <div class="veil">
          <label title="Show the picture">
            <input
              type="checkbox"
              class="veil-switch sr-only"
              aria-label={`Show picture of ${name}`}
            />
            <Icon name="eye-off" />
          </label>
        </div>
      )}
      <label class="card-select">
        <input
          type="checkbox"
          class="pick"
          name="id"
          value={id}
          checked={selected}
          aria-label={`Select ${name}`}
        />
      </label>
      <button
        type="submit"
        class="card-button card-favorite"
        name={card.favorite ? "unfavorite" : "favorite"}
        value={id}
        aria-pressed={card.favorite}
        aria-label={`Favourite ${name}`}
        title="Favourite"
      >
        <Icon name="heart" />
      </button>
      <button
        type="submit"
        class="card-button card-toggle"
        name={active ? "deactivate" : "activate"}
        value={id}
        aria-pressed={active}
        aria-label={`Use ${name}`}
        title={active ? "Take out of the tray" : "Put into the tray"}
      >
        <Icon name={active ? "check" : "plus"} />
      </button>
    </li>
  );
}
