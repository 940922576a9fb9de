import { stringify } from "csv-stringify/sync";
import type { Adapter } from "./schema.ts";

/** The columns of a CSV export, in order. */
const COLUMNS = [
  ...["id", "name", "version", "author_username", "base_model", "sd_version", "tags"],
  ...["trained_words", "triggers", "trigger_sets", "activation_text", "negative_text", "weight"],
  ...["token", "active", "ordinal", "rating", "is_favorite", "notes", "collections", "nsfw_level"],
  ...["file_path", "file_status", "file_format", "file_size", "file_mtime", "hashes"],
  ...["civitai_model_id", "civitai_version_id", "published_at", "created_at", "updated_at"],
  ...["usage_count", "last_used_at", "description"],
] as const;

/** An export as a response's body: adapters are read and written while the client takes them. */
export function exported(
  rows: AsyncIterable<Adapter>,
  format: "csv" | "json",
): { body: ReadableStream<Uint8Array>; contentType: string } {
  return format === "csv"
    ? { body: encoded(csvOf(rows)), contentType: "text/csv; charset=utf-8" }
    : { body: encoded(jsonOf(rows)), contentType: "application/json" };
}

const encoded = (parts: AsyncIterable<string>) =>
  ReadableStream.from(parts).pipeThrough(new TextEncoderStream());

async function* csvOf(rows: AsyncIterable<Adapter>): AsyncGenerator<string> {
  yield line([...COLUMNS]);
  for await (const row of rows) yield line(COLUMNS.map((column) => cell(row[column])));
}

async function* jsonOf(rows: AsyncIterable<Adapter>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const row of rows) {
    yield separator + JSON.stringify(row);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

// Spreadsheets run a cell that begins like a formula, and names come from strangers.
const line = (cells: (string | number)[]): string => stringify([cells], { escape_formulas: true });

function cell(value: unknown): string | number {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.join("; ");
  }
  return JSON.stringify(value);
}
