import { clip, storable } from "@/lib/text/storable.ts";

const MAX_TEXT = 4000;
const MAX_ITEMS = 100;
const MAX_KEYS = 200;
const MAX_DEPTH = 8;
/** Characters and values that one document may add to `extra`. */
const MAX_TOTAL = 64_000;

/**
 * A copy of foreign JSON that is safe to store, to clone and to send: no NUL, no endless nesting, no
 * embedded pictures, and no more than about 64 KB. What does not fit is left out.
 */
export function bounded(value: unknown): unknown {
  let left = MAX_TOTAL;
  const copy = (item: unknown, depth: number): unknown => {
    left--;
    if (left < 0) return undefined;
    if (typeof item === "string") {
      if (item.startsWith("data:")) return undefined;
      const kept = clip(storable(item), MAX_TEXT);
      left -= kept.length;
      return left < 0 ? undefined : kept;
    }
    if (typeof item === "number") return Number.isFinite(item) ? item : null;
    if (typeof item !== "object" || item === null) return item;
    if (depth >= MAX_DEPTH) return undefined;
    if (Array.isArray(item)) {
      return item.slice(0, MAX_ITEMS).map((entry) => copy(entry, depth + 1))
        .filter((entry) => entry !== undefined);
    }
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(item).slice(0, MAX_KEYS)) {
      const kept = copy((item as Record<string, unknown>)[key], depth + 1);
      if (kept === undefined) continue;
      entries.push([clip(storable(key), 200), kept]);
      left -= key.length;
    }
    return Object.fromEntries(entries);
  };
  return copy(value, 0);
}
