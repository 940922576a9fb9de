import type { DuplicateGroup } from "@/lib/catalog/schema.ts";
import type { CardView } from "./card_view.ts";

/** One of several records that seem to be the same, with what tells them apart. */
export interface DuplicateItem {
  card: CardView;
  path: string;
  changedAt: string | null;
  sha256: string | null;
  /** Columns the user set by hand. */
  edited: string[];
}

export interface DuplicateSet {
  reason: DuplicateGroup["reason"];
  value: string;
  items: DuplicateItem[];
}

export interface DuplicatesView {
  groups: DuplicateSet[];
  /** Groups by reason, whatever is shown. */
  counts: Record<DuplicateGroup["reason"], number>;
  reason: DuplicateGroup["reason"] | null;
  offset: number;
  /** Groups of the shown reason. */
  total: number;
}

/** Groups a page has. */
export const GROUPS_PAGE = 20;

export function duplicatesHref(reason: DuplicatesView["reason"], offset = 0): string {
  const params = new URLSearchParams();
  if (reason !== null) params.set("reason", reason);
  if (offset > 0) params.set("offset", String(offset));
  const search = params.toString();
  return search === "" ? "/duplicates" : `/duplicates?${search}`;
}
