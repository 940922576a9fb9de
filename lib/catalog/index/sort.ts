import type { Sort } from "@/lib/catalog/schema.ts";
import type { AdapterTable } from "./table.ts";

export type Direction = "asc" | "desc";

/** Sorts that hold for every row at all times; relevance exists only for a search. */
export type StaticSort = Exclude<Sort, "relevance">;

/** The place of a row in an order. Kept in cursors, it names a position even after the row is gone. */
export interface Position {
  /** The sorted number; null if the row has none, or the sort is by name. */
  value: number | null;
  nameKey: string;
  id: string;
}

/** Which way round a sort is wanted when nobody says. */
export const defaultDirection = (sort: Sort): Direction =>
  sort === "name" || sort === "active" ? "asc" : "desc";

/** Active adapters come first, by ordinal; an inactive one keeps its ordinal but is not sorted by it. */
const NO_ORDINAL = 1e9;
const INACTIVE = 2e9;

/** The number a sort is by, NaN for none. */
export function sortValue(table: AdapterTable, sort: StaticSort): (slot: number) => number {
  switch (sort) {
    case "name":
      return () => NaN;
    case "active":
      return (slot) => {
        if (table.active.get(slot) !== 1) return INACTIVE;
        const ordinal = table.ordinal.get(slot);
        return Number.isNaN(ordinal) ? NO_ORDINAL : ordinal;
      };
    case "added":
      return (slot) => table.created.get(slot);
    case "published":
      return (slot) => table.published.get(slot);
    case "updated":
      return (slot) => table.updated.get(slot);
    case "size":
      return (slot) => table.fileSize.get(slot);
    case "rating":
      return (slot) => table.rating.get(slot);
    case "downloads":
      return (slot) => table.downloads.get(slot);
    case "usage":
      return (slot) => table.usage.get(slot);
    case "last_used":
      return (slot) => table.lastUsed.get(slot);
  }
}

/** Numbers by direction, rows without one last in both. */
export function compareValues(left: number, right: number, direction: Direction): number {
  if (left === right) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  if (Number.isNaN(right)) return -1;
  return (left < right) === (direction === "asc") ? -1 : 1;
}

/** Ties go by name, then id. Only a sort by name turns the names round. */
export function compareNames(
  leftKey: string,
  leftId: string,
  rightKey: string,
  rightId: string,
  backwards: boolean,
): number {
  if (leftKey !== rightKey) return (leftKey < rightKey) !== backwards ? -1 : 1;
  return leftId < rightId ? -1 : leftId > rightId ? 1 : 0;
}
