import { stemOf, tokenFor } from "@/lib/shared/prompt/token.ts";
import { downloadCount } from "./index/table.ts";
import type { Adapter, AdapterCard } from "./schema.ts";

/** A row of cards as the database's JSON has it: the path relative, times with an offset. */
export type CardRow = Omit<AdapterCard, "token" | "downloads"> & {
  file_path: string;
  downloads: string | null;
};

/** A full row likewise. */
export type AdapterRow = Omit<Adapter, "token"> & { root_path: string };

const utc = (time: string): string => new Date(time).toISOString();
const maybeUtc = (time: string | null): string | null => time === null ? null : utc(time);

export function toCard(row: CardRow): AdapterCard {
  const { file_path, downloads, created_at, published_at, ...columns } = row;
  return {
    ...columns,
    created_at: utc(created_at),
    published_at: maybeUtc(published_at),
    downloads: downloadCount(downloads),
    token: tokenFor(stemOf(file_path), row.weight),
  };
}

export function toAdapter({ root_path, ...row }: AdapterRow): Adapter {
  return {
    ...row,
    file_path: `${root_path.replace(/[/\\]$/, "")}/${row.file_path}`,
    published_at: maybeUtc(row.published_at),
    json_file_mtime: maybeUtc(row.json_file_mtime),
    last_ingested_at: maybeUtc(row.last_ingested_at),
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    file_mtime: maybeUtc(row.file_mtime),
    last_used_at: maybeUtc(row.last_used_at),
    token: tokenFor(stemOf(row.file_path), row.weight),
  };
}
