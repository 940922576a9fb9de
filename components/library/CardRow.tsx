import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import { formatBytes, formatCompact, formatWeight } from "@/lib/shared/format.ts";
import { Icon } from "../Icon.tsx";
import { Time } from "../Time.tsx";

export interface CardRowProps {
  card: CardView;
  active: boolean;
  selected: boolean;
  veiled: boolean;
  place: number;
}

/** One adapter in the list view; the same buttons in the same form as `Card`. */
export function CardRow({ card, active, selected, veiled, place }: CardRowProps) {
  const { id, name } = card;
  return (
    <tr
      id={`card-${id}`}
      data-id={id}
      class={(selected ? "is-selected" : "") + (veiled ? " is-veiled" : "")}
      aria-rowindex={place + 1}
    >
      <td>
        <input
          type="checkbox"
          class="pick check"
          name="id"
          value={id}
          checked={selected}
          aria-label={`Select ${name}`}
        />
      </td>
      <td class="list-picture">
        <img
          class={`tint-${card.tint}`}
          src={pictureUrl(id, card.picture, 64)}
          width={36}
          height={36}
          loading="lazy"
          decoding="async"
          alt=""
        />
      </td>
      <td class="list-main">
        <a class="list-name card-link static" href={`/adapters/${id}`}>{name}</a>
        <span class="list-meta">{[card.version, card.author].filter(Boolean).join(" · ")}</span>
      </td>
      <td class="col-1">
        {card.baseModel && <span class="badge">{card.baseModel}</span>}
        {card.status !== "present" && <span class="badge badge-warn ml-1">{card.status}</span>}
      </td>
      <td class="end mono col-2">{formatWeight(card.weight)}</td>
      <td class="end col-2">{card.rating > 0 ? `${card.rating} ★` : "–"}</td>
      <td class="end col-3">{formatCompact(card.downloads)}</td>
      <td class="end col-3">{formatCompact(card.uses)}</td>
      <td class="end col-2">{formatBytes(card.size)}</td>
      <td class="end col-2">
        <Time at={card.added} />
      </td>
      <td class="end">
        <button
          type="submit"
          class="row-button row-favorite"
          name={card.favorite ? "unfavorite" : "favorite"}
          value={id}
          aria-pressed={card.favorite}
          aria-label={`Favourite ${name}`}
        >
          <Icon name="heart" />
        </button>
        <button
          type="submit"
          class="row-button row-toggle"
          name={active ? "deactivate" : "activate"}
          value={id}
          aria-pressed={active}
          aria-label={`Use ${name}`}
        >
          <Icon name={active ? "check" : "plus"} />
        </button>
      </td>
    </tr>
  );
}
