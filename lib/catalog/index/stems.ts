import type { Bitmap } from "./bitmap.ts";
import type { AdapterTable } from "./table.ts";

export interface SharedStem {
  reason: "stem";
  value: string;
  ids: string[];
}

/** The stems that more than one row of `among` has, in order. */
export function sharedStems({ stems, ids }: AdapterTable, among: Bitmap): SharedStem[] {
  const byStem = new Map<string, number[]>();
  for (const slot of among.slots()) {
    const known = byStem.get(stems[slot]!);
    if (known) known.push(slot);
    else byStem.set(stems[slot]!, [slot]);
  }
  return [...byStem].filter(([, slots]) => slots.length > 1)
    .map(([value, slots]) => ({
      reason: "stem" as const,
      value,
      ids: slots.map((slot) => ids[slot]!).sort(),
    }))
    .sort((left, right) => left.value < right.value ? -1 : 1);
}
