import type { Ref } from "preact";
import type { CardView } from "@/lib/shared/card_view.ts";
import type { Density } from "@/lib/shared/library_url.ts";
import { Card } from "./Card.tsx";

/** How many pictures are on most screens when the page arrives. */
const EAGER = 12;

/** The cards from one place on; null stands for one whose content is on its way. */
export interface Slice {
  from: number;
  cards: (CardView | null)[];
  shapes: readonly number[];
  total: number;
  /** Height of the cards left out before and after, in px. */
  before: number;
  after: number;
}

export interface CardState {
  isActive: (card: CardView) => boolean;
  isSelected: (card: CardView) => boolean;
  isVeiled: (card: CardView) => boolean;
}

interface GridProps {
  slice: Slice;
  state: CardState;
  density: Density;
  busy: boolean;
  listRef?: Ref<HTMLUListElement>;
}

export function Grid({ slice, state, density, busy, listRef }: GridProps) {
  const { from, cards, shapes, total, before, after } = slice;
  return (
    <ul
      ref={listRef}
      class="gallery"
      data-density={density}
      data-busy={busy ? "" : undefined}
      aria-label="LoRAs"
    >
      {before > 0 && <Space height={before} />}
      {cards.map((card, offset) =>
        card === null
          ? (
            <li
              key={from + offset}
              class={`card shape-${shapes[offset]} tint-21`}
              aria-hidden="true"
            />
          )
          : (
            <Card
              key={card.id}
              card={card}
              active={state.isActive(card)}
              selected={state.isSelected(card)}
              veiled={state.isVeiled(card)}
              eager={from + offset < EAGER}
              place={from + offset + 1}
              total={total}
            />
          )
      )}
      {after > 0 && <Space height={after} />}
    </ul>
  );
}

/** Only ever rendered by scripts, which may set styles that the policy forbids in markup. */
function Space({ height }: { height: number }) {
  return <li class="gallery-space" aria-hidden="true" style={{ blockSize: `${height}px` }} />;
}
