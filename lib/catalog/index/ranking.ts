import { MASKS } from "./postings.ts";

/** The fields of an adapter that a search looks into, as bits of a posting's mask. */
export const FIELD = {
  name: 1,
  trained: 2,
  tag: 4,
  stem: 8,
  author: 16,
  baseModel: 32,
  description: 64,
} as const;

const WEIGHTS: Record<keyof typeof FIELD, number> = {
  name: 10,
  trained: 7,
  tag: 6,
  stem: 5,
  author: 4,
  baseModel: 3,
  description: 1,
};

/** The weight of the best field in each mask. */
const MASK_WEIGHTS = Float32Array.from({ length: MASKS }, (_, mask) =>
  Math.max(
    0,
    ...Object.entries(FIELD).filter(([, bit]) => mask & bit).map(([field]) =>
      WEIGHTS[field as keyof typeof FIELD]
    ),
  ));

/** Closeness is told apart in steps, so that the weights at each are worked out once. */
const STEPS = 64;
const weightsByStep: Float32Array[] = [];

/** The weight of every mask for a term of that closeness, never 0 but for the empty mask. */
export function weightsAt(closeness: number): Float32Array {
  const step = Math.max(1, Math.round(closeness * STEPS));
  return weightsByStep[step] ??= MASK_WEIGHTS.map((weight) => weight * step / STEPS);
}

/** How good a hit is by how the term relates to the word: the same, longer, or mistyped. */
export function closeness(wordLength: number, termLength: number, typos: number): number {
  const completeness = Math.min(1, wordLength / termLength);
  if (typos > 0) return (typos === 1 ? 0.3 : 0.15) * (0.5 + completeness / 2);
  return termLength === wordLength ? 1 : 0.4 + 0.3 * completeness;
}

/** Whole names beat everything. */
export const NAME_IS_QUERY = 15;
export const NAME_STARTS_WITH_QUERY = 5;

/** What people use and like decides between adapters that fit equally well: from 0 to about 2. */
export const appealOf = (downloads: number, usage: number, favorite: boolean): number =>
  Math.log10(1 + downloads) / 10 + Math.log10(1 + usage) / 5 + (favorite ? 0.6 : 0);
