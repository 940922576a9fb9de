/** Civitai's content levels, lowest first. A stored level may combine several bits; the highest one counts. */
export const NSFW_LEVELS = [
  { level: 1, label: "PG" },
  { level: 2, label: "PG-13" },
  { level: 4, label: "R" },
  { level: 8, label: "X" },
  { level: 16, label: "XXX" },
  { level: 32, label: "Blocked" },
] as const;

/** The highest bit of a level mask: 0 (unrated), 1, 2, 4 ... 32. */
export function nsfwRank(mask: number): number {
  return mask <= 0 ? 0 : 2 ** (31 - Math.clz32(mask));
}
