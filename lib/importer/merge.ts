import type { AdapterFacts } from "./facts.ts";

export { mergeFindings } from "./merge_findings.ts";

/** Columns of `adapter` that an import fills; JSON columns as values, not yet as text. */
export type AdapterColumns =
  & {
    [
      C in Exclude<
        keyof AdapterFacts,
        "weight_range" | "name_source" | "version_choice" | "sources" | "problems"
      >
    ]: AdapterFacts[C];
  }
  & { visibility: string; weight: number; is_favorite: boolean; rating: number };

/** What a column holds when no file says anything about it. */
const DEFAULTS = { visibility: "Public", weight: 1, is_favorite: false, rating: 0 };

/** Opinions of another program's user: they start a new adapter, and never change one. */
const FIRST_IMPORT_ONLY = new Set<keyof AdapterColumns>(["is_favorite", "rating"]);

/** Columns made from others: if a user set the source, what was made from it stays as well. */
const MADE_FROM: Partial<Record<keyof AdapterColumns, (keyof AdapterColumns)[]>> = {
  search_words: ["description"],
  triggers: ["trained_words", "activation_text"],
  trigger_sets: ["trained_words"],
};

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0;
}

/** Equal as stored: key order and absent keys do not count, a time equals its text. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date || b instanceof Date) {
    const [left, right] = [a, b].map((it) => it instanceof Date ? it : new Date(String(it)));
    return left!.getTime() === right!.getTime();
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isSame(left[key], right[key]));
}

type Keyed = Readonly<Record<string, unknown>>;

/** New entries over old ones, except those that say nothing. */
function overlay(old: Keyed, fresh: Keyed): Keyed {
  const told = Object.entries(fresh).filter(([, value]) => !isNothing(value));
  return Object.fromEntries([...Object.entries(old), ...told]);
}

/** A file with another SHA-256 is another file: none of the old hashes holds for it. */
function mergedHashes(old: Keyed, fresh: Keyed): Keyed {
  const isOther = old.sha256 && fresh.sha256 && old.sha256 !== fresh.sha256;
  return isOther ? fresh : overlay(old, fresh);
}

const asRecord = (value: unknown) =>
  typeof value === "object" && value !== null ? value as Keyed : {};

function combined(column: keyof AdapterColumns, old: unknown, fresh: unknown): unknown {
  switch (column) {
    case "hashes":
      return mergedHashes(asRecord(old), asRecord(fresh));
    case "stats":
    case "extra":
      return overlay(asRecord(old), asRecord(fresh));
    default:
      return fresh;
  }
}

function columnsOf(facts: AdapterFacts): AdapterColumns {
  const {
    weight_range: _,
    name_source: _n,
    version_choice: _v,
    sources: _s,
    problems: _p,
    ...columns
  } = facts;
  return {
    ...columns,
    visibility: columns.visibility ?? DEFAULTS.visibility,
    weight: columns.weight ?? DEFAULTS.weight,
    is_favorite: columns.is_favorite ?? DEFAULTS.is_favorite,
    rating: columns.rating ?? DEFAULTS.rating,
  };
}

/**
 * What an import changes in a row: never a column the user edited, never something into nothing, never
 * a name into the bare file name. Equal values are no change, so an empty answer means "unchanged".
 *
 * @param existing The row, or null for a new adapter, which gets every column. JSON columns parsed.
 * @param editedFields Columns the user set by hand.
 */
export function mergeIntoExisting(
  existing: Readonly<Partial<Record<keyof AdapterColumns, unknown>>> | null,
  facts: AdapterFacts,
  editedFields: readonly string[],
): Partial<AdapterColumns> {
  if (!existing) return columnsOf(facts);
  const edited = new Set(editedFields);
  const changes: [string, unknown][] = [];
  for (const column of Object.keys(columnsOf(facts)) as (keyof AdapterColumns)[]) {
    const fresh = facts[column];
    const sources = [column, ...MADE_FROM[column] ?? []];
    if (sources.some((source) => edited.has(source))) continue;
    if (isNothing(fresh) || FIRST_IMPORT_ONLY.has(column)) continue;
    if (column === "name" && facts.name_source === "file_name" && existing.name) continue;
    const value = combined(column, existing[column], fresh);
    if (!isSame(existing[column], value)) changes.push([column, value]);
  }
  return Object.fromEntries(changes);
}
