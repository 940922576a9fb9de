import type { Ref } from "preact";
import { libraryHref, withOnly } from "@/lib/shared/library_url.ts";
import type { Sort } from "@/lib/catalog/schema.ts";
import { Icon } from "../Icon.tsx";
import { CardRow } from "./CardRow.tsx";
import type { CardState, Slice } from "./Grid.tsx";
import { SORT_CHOICES, sortOf } from "./sorts.ts";

interface ListProps {
  slice: Slice;
  state: CardState;
  search: string;
  bodyRef?: Ref<HTMLTableSectionElement>;
}

const COLUMNS = 11;

/** The results as a table; heads with a sort are links to it. */
export function List({ slice, state, search, bodyRef }: ListProps) {
  const { from, cards, total, before, after } = slice;
  return (
    <table class="table list" aria-rowcount={total + 1}>
      <caption class="sr-only">LoRAs</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="sr-only">Select</span>
          </th>
          <th scope="col">
            <span class="sr-only">Picture</span>
          </th>
          <Head sort="name" search={search}>Name</Head>
          <th scope="col" class="col-1">Base model</th>
          <th scope="col" class="end col-2">Weight</th>
          <Head sort="rating" search={search} class="end col-2">Rating</Head>
          <Head sort="downloads" search={search} class="end col-3">Downloads</Head>
          <Head sort="usage" search={search} class="end col-3">Used</Head>
          <Head sort="size" search={search} class="end col-2">Size</Head>
          <Head sort="added" search={search} class="end col-2">Added</Head>
          <th scope="col">
            <span class="sr-only">Favourite and use</span>
          </th>
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {before > 0 && <Space height={before} />}
        {cards.map((card, offset) =>
          card === null
            ? (
              <tr key={from + offset} aria-hidden="true">
                <td colSpan={COLUMNS} />
              </tr>
            )
            : (
              <CardRow
                key={card.id}
                card={card}
                active={state.isActive(card)}
                selected={state.isSelected(card)}
                veiled={state.isVeiled(card)}
                place={from + offset + 1}
              />
            )
        )}
        {after > 0 && <Space height={after} />}
      </tbody>
    </table>
  );
}

interface HeadProps {
  sort: Sort;
  search: string;
  children: string;
  class?: string;
}

function Head({ sort, search, children, class: extra }: HeadProps) {
  const current = sortOf(search);
  const isSorted = current.sort === sort;
  const first = SORT_CHOICES.find((choice) => choice.sort === sort)!.order;
  const order = isSorted ? current.order === "asc" ? "desc" : "asc" : first;
  return (
    <th
      scope="col"
      class={extra}
      aria-sort={isSorted ? current.order === "asc" ? "ascending" : "descending" : undefined}
    >
      <a
        href={libraryHref(withOnly(withOnly(search, "sort", sort), "order", order))}
        aria-current={isSorted ? "true" : undefined}
      >
        {children}
        {isSorted && <Icon name={current.order === "asc" ? "arrow-up" : "arrow-down"} />}
      </a>
    </th>
  );
}

function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={COLUMNS} class="border-0! p-0!" style={{ blockSize: `${height}px` }} />
    </tr>
  );
}
