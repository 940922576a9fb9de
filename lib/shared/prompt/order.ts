const byText = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** What the order of the active set is decided by; the id breaks the last tie, so that it never flickers. */
export interface Orderable {
  id: string;
  name: string;
  ordinal: number | null;
}

/** Ordinal first (those without one last), then name, then id. */
export function compareActive(a: Orderable, b: Orderable): number {
  const left = a.ordinal ?? Infinity;
  const right = b.ordinal ?? Infinity;
  if (left !== right) return left < right ? -1 : 1;
  return byText.compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A new array in the order in which prompts write the active set. */
export const orderActive = <T extends Orderable>(items: readonly T[]): T[] =>
  [...items].sort(compareActive);
