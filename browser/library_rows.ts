import { justifiedRows, type Row } from "@/lib/shared/justified_rows.ts";
import type { View } from "@/lib/shared/library_url.ts";
import { ratioOfShape } from "@/lib/shared/picture_shape.ts";

/** A length the stylesheet gives as a custom property in rem, in px. */
function lengthOf(element: Element, property: string): number {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return parseFloat(getComputedStyle(element).getPropertyValue(property)) * rem;
}

export const gapOf = (element: Element, view: View): number =>
  view === "grid" ? lengthOf(element, "--gap") : 0;

/** Where each row of the results lies: justified pictures, or table rows of one height. */
export function rowsOf(element: Element, view: View, shapes: readonly number[]): Row[] {
  if (view === "grid") {
    return justifiedRows(
      shapes.map(ratioOfShape),
      element.clientWidth,
      lengthOf(element, "--row"),
      gapOf(element, view),
    );
  }
  const height = element.querySelector("tr[data-id]")?.getBoundingClientRect().height ?? 48;
  return shapes.map((_, i) => ({ start: i, end: i + 1, top: i * height, height }));
}
