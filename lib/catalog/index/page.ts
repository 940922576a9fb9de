import type { Sort } from "@/lib/catalog/schema.ts";
import type { Bitmap } from "./bitmap.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Orders } from "./orders.ts";
import { compareNames, defaultDirection, type Direction, type Position } from "./sort.ts";
import type { AdapterTable } from "./table.ts";
import { firstOf } from "./top.ts";

export interface PageRequest {
  sort?: Sort;
  order?: Direction;
  limit: number;
  offset?: number;
  cursor?: string;
}

export interface IndexPage {
  ids: string[];
  total: number;
  next_cursor: string | null;
}

/**
 * One page of a selection. A page that starts at a cursor costs the same wherever that is, and continues at the right
 * place even if the row it was made from has gone or moved.
 *
 * @param scores How well each slot fits a search; without them a sort by relevance is one by name.
 * @throws {Invalid} If the cursor is none of this list's.
 */
export function pageOf(
  table: AdapterTable,
  orders: Orders,
  selection: Bitmap,
  scores: Float32Array | null,
  request: PageRequest,
): IndexPage {
  const wanted = request.sort ?? (scores ? "relevance" : "name");
  const sort = wanted === "relevance" && !scores ? "name" : wanted;
  const direction = request.order ?? defaultDirection(sort);
  const after = request.cursor === undefined ? null : decodeCursor(request.cursor, sort, direction);
  const offset = after ? 0 : request.offset ?? 0;
  // One more than asked for tells whether there is a next page.
  const limit = request.limit + 1;
  const { slots, positionOf } = sort === "relevance"
    ? byRelevance(table, selection, scores!, direction, after, offset + limit)
    : inOrder(orders.get(sort, direction), selection, after, offset, limit);
  const page = sort === "relevance" ? slots.slice(offset) : slots;
  const more = page.length > request.limit;
  const ids = page.slice(0, request.limit).map((slot) => table.ids[slot]!);
  return {
    ids,
    total: selection.count(),
    next_cursor: more ? encodeCursor(sort, direction, positionOf(page[request.limit - 1]!)) : null,
  };
}

type Slots = { slots: number[]; positionOf(slot: number): Position };

function inOrder(
  order: ReturnType<Orders["get"]>,
  selection: Bitmap,
  after: Position | null,
  offset: number,
  limit: number,
): Slots {
  const slots: number[] = [];
  let skip = offset;
  for (let at = after ? order.indexAfter(after) : 0; at < order.slots.length; at++) {
    const slot = order.slots[at]!;
    if (!selection.has(slot)) continue;
    if (skip-- > 0) continue;
    if (slots.push(slot) === limit) break;
  }
  return { slots, positionOf: (slot) => order.positionOf(slot) };
}

/** Best first unless turned round; equals by name. */
function byRelevance(
  table: AdapterTable,
  selection: Bitmap,
  scores: Float32Array,
  direction: Direction,
  after: Position | null,
  limit: number,
): Slots {
  const { nameKeys, ids } = table;
  const sign = direction === "desc" ? 1 : -1;
  const compare = (left: number, right: number) =>
    sign * (scores[right]! - scores[left]!) ||
    compareNames(nameKeys[left]!, ids[left]!, nameKeys[right]!, ids[right]!, false);
  const isAfter = ({ value, nameKey, id }: Position, slot: number) =>
    (sign * (scores[slot]! - (value ?? 0)) ||
      compareNames(nameKey, id, nameKeys[slot]!, ids[slot]!, false)) < 0;
  const found = selection.slots();
  const candidates = after ? found.filter((slot) => isAfter(after, slot)) : found;
  return {
    slots: firstOf(candidates, limit, compare),
    positionOf: (slot) => ({ value: scores[slot]!, nameKey: nameKeys[slot]!, id: ids[slot]! }),
  };
}
