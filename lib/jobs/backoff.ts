const FIRST_MS = 1_000;
export const BACKOFF_CAP_MS = 5 * 60_000;

/**
 * How long to wait after failed attempt number `attempt`, counted from 1: doubling up to the cap, less up to half at
 * random so that jobs which failed together do not return together.
 *
 * @param random In [0, 1).
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(FIRST_MS * 2 ** (attempt - 1), BACKOFF_CAP_MS);
  return ceiling * (1 - random() / 2);
}
