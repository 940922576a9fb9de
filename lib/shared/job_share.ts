/** How much of a job is done, 0 to 1, from whatever pair of numbers its progress carries; null if there is none. */
export function shareDone(progress: Readonly<Record<string, unknown>>): number | null {
  for (const [part, whole] of PAIRS) {
    const done = progress[part];
    const total = progress[whole];
    if (typeof done === "number" && typeof total === "number" && total > 0) {
      return Math.min(1, Math.max(0, done / total));
    }
  }
  return null;
}

/** Bytes first: files differ too much in size for their count to be a measure. */
const PAIRS = [["bytes", "total_bytes"], ["scanned", "total"], ["done", "total"]] as const;
