export interface Row {
  /** Index of the first card in it. */
  start: number;
  /** Index after the last one. */
  end: number;
  /** Distance of its upper edge from the grid's, in px. */
  top: number;
  height: number;
}

/**
 * Breaks cards into rows exactly as the browser breaks the gallery's flex lines (`flex: ratio 1 ratio*target`), so that
 * rows can be left out and their height be known.
 *
 * @param ratios Width over height, one per card.
 * @param width Of the grid, in px.
 * @param target Height of a row before it is stretched, in px.
 */
export function justifiedRows(
  ratios: readonly number[],
  width: number,
  target: number,
  gap: number,
): Row[] {
  const rows: Row[] = [];
  let start = 0;
  let sum = 0;
  let top = 0;
  const close = (end: number, full: boolean) => {
    const gaps = gap * (end - start - 1);
    const height = full ? Math.max(target, (width - gaps) / sum) : Math.min(target, width / sum);
    rows.push({ start, end, top, height });
    top += height + gap;
    start = end;
    sum = 0;
  };
  for (let i = 0; i < ratios.length; i++) {
    const ratio = ratios[i]!;
    // Half a pixel of slack for the browser's own rounding.
    if (i > start && (sum + ratio) * target + gap * (i - start) > width + 0.5) close(i, true);
    sum += ratio;
  }
  if (start < ratios.length) close(ratios.length, false);
  return rows;
}

/** Index of the row that `y` falls into, or of the nearest one; -1 without rows. */
export function rowAt(rows: readonly Row[], y: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]!.top <= y) low = middle;
    else high = middle - 1;
  }
  return high < 0 ? -1 : low;
}
