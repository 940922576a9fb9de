/** The columns that describe an adapter, each with its SQL type: an import fills them all. */
export const FACT_COLUMNS = {
  name: "text",
  version: "text",
  canonical_version_name: "text",
  description: "text",
  author_username: "text",
  visibility: "text",
  published_at: "timestamptz",
  tags: "text[]",
  trained_words: "text[]",
  triggers: "text[]",
  weight: "double precision",
  primary_file_name: "text",
  primary_file_size_kb: "double precision",
  primary_file_sha256: "text",
  primary_file_download_url: "text",
  supports_generation: "boolean",
  sd_version: "text",
  nsfw_level: "integer",
  activation_text: "text",
  stats: "jsonb",
  extra: "jsonb",
  base_model: "text",
  negative_text: "text",
  notes: "text",
  rating: "smallint",
  is_favorite: "boolean",
  hashes: "jsonb",
  trigger_sets: "jsonb",
  civitai_model_id: "bigint",
  civitai_version_id: "bigint",
  training: "jsonb",
  search_words: "text",
} as const;

/** The columns that say what was read from where. */
export const FILE_COLUMNS = {
  root_id: "uuid",
  file_path: "text",
  file_status: "text",
  file_format: "text",
  file_size: "bigint",
  file_mtime: "timestamptz",
  hash_state: "text",
  json_file_path: "text",
  json_file_mtime: "timestamptz",
  json_file_size: "bigint",
  preview: "jsonb",
  fingerprint: "text",
} as const;

export type FactColumn = keyof typeof FACT_COLUMNS;
export type FileColumn = keyof typeof FILE_COLUMNS;
