import type { CardView } from "@/lib/shared/card_view.ts";
import type { FacetsView } from "./facets_view.ts";

/** What `GET /library` answers, and what the library page starts with. */
export interface LibraryData {
  items: CardView[];
  total: number;
  next_cursor: string | null;
  /** Only with `facets=1`. */
  facets: FacetsView | null;
}
