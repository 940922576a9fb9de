import { clip, storable } from "@/lib/text/storable.ts";

export type Json = Record<string, unknown>;

/** Most entries of a list column, as `AdapterFields` allows. */
const MAX_ITEMS = 200;
const MAX_ITEM_LENGTH = 500;

export function record(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Json
    : null;
}

export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((item) => record(item) !== null) : [];
}

/** Trimmed text or null; a number counts as its digits, because tools write version names as numbers. */
export function text(value: unknown, max: number): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return null;
  return clip(storable(value).trim(), max).trim() || null;
}

/** The first spelling of each text; upper and lower case are the same. */
export function distinct(items: Iterable<string>): string[] {
  const found = new Map<string, string>();
  for (const item of items) {
    const key = item.toLowerCase();
    if (!found.has(key)) found.set(key, item);
    if (found.size >= MAX_ITEMS) break;
  }
  return [...found.values()];
}

/** A list of texts, also when a tool wrote it as one text with commas. */
export function textList(value: unknown): string[] {
  const items = typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [];
  return distinct(
    items.map((item) => text(item, MAX_ITEM_LENGTH)).filter((item) => item !== null),
  );
}

/** A finite number, also when it is written as text. */
export function number(value: unknown): number | null {
  if (typeof value === "string" && value.trim() === "") return null;
  const parsed = typeof value === "string" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : null;
}

/** A positive id that JavaScript can hold exactly. */
export function id(value: unknown): number | null {
  const parsed = number(value);
  return parsed !== null && Number.isSafeInteger(parsed) && parsed > 0 ? parsed : null;
}

export function bool(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === 1 || value === "true" || value === "True") return true;
  if (value === 0 || value === "false" || value === "False") return false;
  return null;
}

/** ISO 8601 in UTC; null outside 2000 to 2100, where clocks and tools went wrong. */
export function isoTime(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const time = new Date(value);
  const year = time.getUTCFullYear();
  return year >= 2000 && year < 2100 ? time.toISOString() : null;
}

/** Lower-case hex of one of the given lengths; the hash of nothing is a placeholder and becomes null. */
export function hex(value: unknown, ...lengths: number[]): string | null {
  if (typeof value !== "string") return null;
  const digits = value.trim().toLowerCase().replace(/^0x/, "");
  const valid = lengths.includes(digits.length) && /^[0-9a-f]+$/.test(digits);
  return valid && !digits.startsWith("e3b0c442") ? digits : null;
}

export function webUrl(value: unknown): string | null {
  const url = text(value, 2000);
  return url && /^https?:\/\//i.test(url) ? url : null;
}

/** A weight that a prompt can hold; 0 is how SD.Next and A1111 write "not set". */
export function weight(value: unknown): number | null {
  const parsed = number(value);
  return parsed !== null && parsed !== 0 && Math.abs(parsed) <= 10 ? parsed : null;
}

/** A record without the keys that were mapped elsewhere and those that say nothing. */
export function without(source: Json, mapped: ReadonlySet<string>): Json {
  const rest: [string, unknown][] = [];
  for (const key in source) {
    const value = source[key];
    if (!mapped.has(key) && value !== null && value !== undefined && value !== "") {
      rest.push([key, value]);
    }
  }
  return Object.fromEntries(rest);
}
