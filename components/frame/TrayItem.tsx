import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import { formatWeight } from "@/lib/shared/format.ts";
import { DefaultSubmit } from "../DefaultSubmit.tsx";
import { Icon } from "../Icon.tsx";

interface TrayItemProps {
  card: CardView;
  index: number;
  count: number;
  veiled: boolean;
}

/** One chip of the tray: a form of its own, so that weight, order and removal work without scripts. */
export function TrayItem({ card, index, count, veiled }: TrayItemProps) {
  const { id, name } = card;
  return (
    <li class={veiled ? "tray-item is-veiled" : "tray-item"} data-index={index} draggable>
      <img
        class={`tint-${card.tint}`}
        src={pictureUrl(id, card.picture, 128)}
        width={44}
        height={44}
        loading="lazy"
        decoding="async"
        draggable={false}
        alt=""
      />
      <a class="tray-name" href={`/adapters/${id}`} title={name} draggable={false}>{name}</a>
      <form class="tray-line" method="post" action="/tray">
        <input type="hidden" name="id" value={id} />
        <DefaultSubmit name="intent" value="weight" />
        <div class="stepper">
          <button
            class="mini"
            type="submit"
            name="intent"
            value="lighter"
            aria-label={`Less of ${name}`}
          >
            <Icon name="minus" />
          </button>
          <input
            type="text"
            inputMode="decimal"
            name="weight"
            value={formatWeight(card.weight)}
            aria-label={`Weight of ${name}`}
            maxLength={8}
            autocomplete="off"
          />
          <button
            class="mini"
            type="submit"
            name="intent"
            value="heavier"
            aria-label={`More of ${name}`}
          >
            <Icon name="plus" />
          </button>
        </div>
        <div class="tray-tools">
          <button
            class="mini"
            type="submit"
            name="intent"
            value="up"
            aria-label={`Move ${name} up`}
            title="Up (Alt ↑)"
            disabled={index === 0}
          >
            <Icon name="chevron-up" />
          </button>
          <button
            class="mini"
            type="submit"
            name="intent"
            value="down"
            aria-label={`Move ${name} down`}
            title="Down (Alt ↓)"
            disabled={index === count - 1}
          >
            <Icon name="chevron-down" />
          </button>
          <button
            class="mini"
            type="submit"
            name="intent"
            value="remove"
            aria-label={`Take ${name} out`}
            title="Take out"
          >
            <Icon name="x" />
          </button>
        </div>
      </form>
    </li>
  );
}
