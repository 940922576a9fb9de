import type { ColumnType, Generated, Kysely, Transaction } from "kysely";

/** A `timestamptz`: read as Date, written as Date or ISO 8601 text. */
type Timestamp = ColumnType<Date, Date | string, Date | string>;
type MaybeTimestamp = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>;
type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

/** A `jsonb`: read parsed, written as JSON text (`JSON.stringify`), because the two drivers disagree on arrays. */
type Json<T> = ColumnType<T, string | undefined, string>;
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

export type FileStatus = "present" | "missing" | "changed" | "unreadable";
export type JobStatus = "pending" | "running" | "succeeded" | "failed" | "cancelled";
export type TriggerMode = "none" | "activation" | "all";

export interface Hashes {
  sha256?: string;
  autov1?: string;
  autov2?: string;
  autov3?: string;
  crc32?: string;
  blake3?: string;
}

export interface TriggerSet {
  name: string;
  text: string;
}

/** Where the preview comes from and how to reserve its space before it loads. */
export interface Preview {
  source: "file" | "header" | "generated";
  kind: "image" | "video";
  /** Path relative to the library root; null unless `source` is "file". */
  path: string | null;
  /** SHA-256 of the original bytes, the address of its thumbnails. */
  hash: string;
  width: number;
  height: number;
  /** Base64 of a thumbhash, about 25 bytes. */
  thumbhash: string | null;
}

export interface LibraryRootTable {
  id: string;
  path: string;
  label: Generated<string>;
  created_at: DefaultTimestamp;
  removed_at: MaybeTimestamp;
  last_scan_at: MaybeTimestamp;
  last_scan_files: number | null;
}

export interface AdapterTable {
  id: string;
  root_id: string;
  /** Relative to the root, with `/`. */
  file_path: string;
  name: string;
  version: Generated<string>;
  canonical_version_name: string | null;
  description: string | null;
  author_username: string | null;
  visibility: Generated<string>;
  published_at: MaybeTimestamp;
  tags: Generated<string[]>;
  trained_words: Generated<string[]>;
  triggers: Generated<string[]>;
  weight: Generated<number>;
  active: Generated<boolean>;
  ordinal: number | null;
  archetype: string | null;
  archetype_confidence: number | null;
  primary_file_name: string | null;
  primary_file_size_kb: number | null;
  primary_file_sha256: string | null;
  primary_file_download_url: string | null;
  primary_file_local_path: string | null;
  supports_generation: boolean | null;
  sd_version: string | null;
  nsfw_level: Generated<number>;
  activation_text: string | null;
  stats: Json<Record<string, unknown>>;
  extra: Json<Record<string, unknown>>;
  json_file_path: string | null;
  json_file_mtime: MaybeTimestamp;
  json_file_size: number | null;
  last_ingested_at: MaybeTimestamp;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
  base_model: string | null;
  negative_text: string | null;
  notes: string | null;
  rating: Generated<number>;
  is_favorite: Generated<boolean>;
  file_status: Generated<FileStatus>;
  /** "safetensors", "pickle", "gguf" or "unknown", decided by content. */
  file_format: Generated<string>;
  file_size: number | null;
  file_mtime: MaybeTimestamp;
  hashes: Json<Hashes>;
  hash_state: Generated<"none" | "pending" | "done" | "failed">;
  trigger_sets: Json<TriggerSet[]>;
  civitai_model_id: number | null;
  civitai_version_id: number | null;
  preview: MaybeJson<Preview>;
  /** Columns the user set by hand: imports leave them alone. */
  edited_fields: Generated<string[]>;
  training: Json<Record<string, unknown>>;
  /** Names, sizes and mtimes of the model file and everything beside it that was read; equal means nothing to do. */
  fingerprint: Generated<string>;
  /** Unique normalised words of the description, space-separated; feeds the search index. */
  search_words: Generated<string>;
  usage_count: Generated<number>;
  last_used_at: MaybeTimestamp;
}

export interface CollectionTable {
  id: string;
  name: string;
  description: Generated<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface CollectionAdapterTable {
  collection_id: string;
  adapter_id: string;
  added_at: DefaultTimestamp;
}

export interface CatalogChangeTable {
  seq: Generated<number>;
  xid: Generated<number>;
  adapter_id: string;
  at: DefaultTimestamp;
}

export interface RecipeItem {
  /** Null if the recipe came from elsewhere and no adapter here fitted; it is looked for again when applied. */
  adapter_id: string | null;
  /** Kept so that a recipe still says what it meant after the adapter is gone. */
  name: string;
  stem: string;
  weight: number;
  sha256?: string;
}

export interface RecipeTable {
  id: string;
  name: string;
  description: Generated<string>;
  prefix: Generated<string>;
  suffix: Generated<string>;
  triggers: Generated<TriggerMode>;
  items: Json<RecipeItem[]>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface JobError {
  code: string;
  message: string;
  attempt: number;
  retry_at?: string;
}

export interface JobTable {
  id: string;
  queue: string;
  kind: string;
  version: Generated<number>;
  payload: Json<Record<string, unknown>>;
  status: Generated<JobStatus>;
  /** Lower runs first. */
  priority: Generated<number>;
  run_at: DefaultTimestamp;
  attempts: Generated<number>;
  max_attempts: Generated<number>;
  fence: Generated<number>;
  lease_until: MaybeTimestamp;
  worker: string | null;
  progress: Json<Record<string, unknown>>;
  result: MaybeJson<Record<string, unknown>>;
  error: MaybeJson<JobError>;
  /** At most one pending or running job per key. */
  dedupe_key: string | null;
  created_at: DefaultTimestamp;
  started_at: MaybeTimestamp;
  finished_at: MaybeTimestamp;
}

export interface JobEventTable {
  seq: Generated<number>;
  job_id: string;
  type: "status" | "progress" | "result" | "error";
  data: Json<Record<string, unknown>>;
  at: DefaultTimestamp;
}

export interface ImportItemTable {
  job_id: string;
  seq: number;
  path: string;
  outcome: string;
  reason: string | null;
  /** Highest content level of the adapter that the line speaks of: names and paths tell, too. */
  nsfw_rank: Generated<number>;
}

export interface IdempotencyTable {
  key: string;
  scope: string;
  body_hash: string;
  status: number;
  response: Json<unknown>;
  created_at: DefaultTimestamp;
}

export type Role = "read" | "write" | "admin";

export interface ApiKeyTable {
  id: string;
  name: string;
  role: Role;
  /** First characters of the key, so that people can tell keys apart. */
  prefix: string;
  key_hash: string;
  nsfw_max: number | null;
  created_at: DefaultTimestamp;
  expires_at: MaybeTimestamp;
  last_used_at: MaybeTimestamp;
  revoked_at: MaybeTimestamp;
}

export interface SessionTable {
  token_hash: string;
  key_id: string;
  created_at: DefaultTimestamp;
  expires_at: Timestamp;
}

export interface SettingTable {
  key: string;
  value: Json<unknown>;
  updated_at: DefaultTimestamp;
}

export interface Database {
  library_root: LibraryRootTable;
  adapter: AdapterTable;
  collection: CollectionTable;
  collection_adapter: CollectionAdapterTable;
  catalog_change: CatalogChangeTable;
  recipe: RecipeTable;
  job: JobTable;
  job_event: JobEventTable;
  import_item: ImportItemTable;
  idempotency: IdempotencyTable;
  api_key: ApiKeyTable;
  session: SessionTable;
  setting: SettingTable;
}

/** The pool or a transaction; repositories take either, so the caller chooses. */
export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;
