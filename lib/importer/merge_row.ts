import type { Preview } from "@/lib/db/schema.ts";
import { FACT_COLUMNS, type FactColumn } from "./columns.ts";
import { describeDifference } from "./differences.ts";
import type { AdapterFacts } from "./facts.ts";
import { type FileGroup, fingerprintPart } from "./group.ts";
import { mergeIntoExisting } from "./merge.ts";
import type { ExistingAdapter, FileRow } from "./row.ts";

export interface MergedRow {
  /** Every written column, JSON columns as values. */
  row: Record<string, unknown>;
  /** What a reader would notice, field by field; empty if the files changed in nothing that matters. */
  differences: string[];
}

const FACTS = Object.keys(FACT_COLUMNS) as FactColumn[];
/** Fields of the file that a reader sees; the others are the import's own book-keeping. */
const SHOWN_FILE_FIELDS = ["file_path", "file_status", "file_format", "file_size"] as const;

const timeOf = (time: Date | string | null) => time === null ? null : new Date(time).getTime();

function isOtherContent(existing: ExistingAdapter, file: FileRow): boolean {
  if (file.file_size === null || existing.file_size === null) return false;
  return Number(existing.file_size) !== file.file_size ||
    timeOf(existing.file_mtime) !== timeOf(file.file_mtime);
}

/** Keeps what the background found out about a preview that is still the same. */
function mergePreview(
  existing: ExistingAdapter,
  file: FileRow,
  group: FileGroup,
  isOther: boolean,
): Preview | null {
  const [old, fresh] = [existing.preview, file.preview];
  if (!old || !fresh || old.source !== fresh.source || old.path !== fresh.path) return fresh;
  const picture = group.previews[0];
  const isSame = picture
    ? existing.fingerprint.split(";").includes(fingerprintPart(group.stem, picture))
    : !isOther;
  return isSame ? old : fresh;
}

/** Unites a record with what its files say now: edits stay, and nothing is replaced by nothing. */
export function mergeRow(
  existing: ExistingAdapter,
  file: FileRow,
  facts: AdapterFacts,
  group: FileGroup,
): MergedRow {
  const isOther = isOtherContent(existing, file);
  // Hashes of the bytes that were there before say nothing about those that are there now.
  const base = isOther ? { ...existing, hashes: {} } : existing;
  const changes = mergeIntoExisting(base, facts, existing.edited_fields);
  if (isOther && !changes.hashes) changes.hashes = {};
  const row: Record<string, unknown> = { id: existing.id, root_id: existing.root_id };
  const differences: string[] = [];
  for (const column of FACTS) {
    row[column] = column in changes ? changes[column] : existing[column];
    // Follows from the description, and is not shown.
    if (column in changes && column !== "search_words") {
      differences.push(describeDifference(column, existing[column], changes[column]));
    }
  }
  Object.assign(row, file, { preview: mergePreview(existing, file, group, isOther) });
  if (file.file_status === "missing") {
    // What is known of the file stays known until it comes back.
    const { file_format, file_size, file_mtime, hash_state } = existing;
    Object.assign(row, { file_format, file_size, file_mtime, hash_state });
  } else if (!isOther && existing.hash_state === "done") {
    row.hash_state = "done";
  }
  for (const column of SHOWN_FILE_FIELDS) {
    const before = existing[column];
    if (String(before) !== String(row[column])) {
      differences.push(describeDifference(column, before, row[column]));
    }
  }
  return { row, differences };
}
