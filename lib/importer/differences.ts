/** Enough to show a changed title or list of tags; a description is told by its length. */
const MAX_SHOWN = 120;

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") {
    return value.length > MAX_SHOWN ? `${value.length} characters` : JSON.stringify(value);
  }
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.length} characters of JSON` : text;
}

function listDifference(before: string[], after: string[]): string {
  const added = after.filter((item) => !before.includes(item)).map((item) => `+${item}`);
  const removed = before.filter((item) => !after.includes(item)).map((item) => `-${item}`);
  const changes = [...added, ...removed].join(", ") || "other order";
  return changes.length > 4 * MAX_SHOWN
    ? `${added.length} added, ${removed.length} removed`
    : changes;
}

function recordDifference(before: object, after: object): string {
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter((key) =>
    JSON.stringify(old[key]) !== JSON.stringify(fresh[key])
  );
  return keys.slice(0, 6).map((key) => `${key} ${shown(old[key])} → ${shown(fresh[key])}`)
    .join(", ") + (keys.length > 6 ? ` and ${keys.length - 6} more` : "");
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** One field's change in words, e.g. `tags: +city, -town` or `name: "Neon" → "Neon v2"`. */
export function describeDifference(field: string, before: unknown, after: unknown): string {
  if (isList(before) && isList(after)) return `${field}: ${listDifference(before, after)}`;
  if (isRecord(before) && isRecord(after)) return `${field}: ${recordDifference(before, after)}`;
  return `${field}: ${shown(before)} → ${shown(after)}`;
}
