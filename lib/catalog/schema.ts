import { z } from "zod";
import type { AdapterTable, FileStatus, Hashes, Preview, TriggerSet } from "@/lib/db/schema.ts";

const text = (max: number) => z.string().trim().max(max);
const words = z.array(text(500).min(1)).max(200);

/** Levels a picture may have; see lib/shared/nsfw.ts. */
export const NsfwLevel = z.number().int().min(0).max(63);

export const TriggerSets = z.array(z.object({ name: text(100).min(1), text: text(2000) })).max(50);

/** The fields a user may set, at creation or later. Each one set later is remembered in `edited_fields`. */
export const AdapterFields = z.object({
  name: text(300).min(1),
  version: text(200),
  canonical_version_name: text(300).nullable(),
  description: z.string().max(200_000).nullable(),
  author_username: text(200).nullable(),
  visibility: text(50),
  published_at: z.iso.datetime({ offset: true }).nullable(),
  tags: words,
  trained_words: words,
  triggers: words,
  weight: z.number().min(-10).max(10),
  active: z.boolean(),
  ordinal: z.number().int().min(0).max(1_000_000).nullable(),
  supports_generation: z.boolean().nullable(),
  sd_version: text(100).nullable(),
  base_model: text(100).nullable(),
  nsfw_level: NsfwLevel,
  activation_text: text(5000).nullable(),
  negative_text: text(5000).nullable(),
  notes: z.string().max(50_000).nullable(),
  rating: z.number().int().min(0).max(5),
  is_favorite: z.boolean(),
  trigger_sets: TriggerSets,
}).meta({ id: "AdapterFields" });

export const CreateAdapter = AdapterFields.partial().required({ name: true }).extend({
  file_path: z.string().min(1).max(4096),
}).strict().meta({ id: "CreateAdapter" });

export const UpdateAdapter = AdapterFields.partial().strict().meta({ id: "UpdateAdapter" });

export const SORTS = [
  "relevance",
  "name",
  "added",
  "published",
  "updated",
  "size",
  "rating",
  "downloads",
  "usage",
  "last_used",
  "active",
] as const;
export type Sort = typeof SORTS[number];

const many = z.preprocess(
  (value) => value === undefined ? [] : Array.isArray(value) ? value : [value],
  z.array(text(300).min(1)).max(50),
);
const flag = z.preprocess(
  (value) =>
    value === "true" || value === "1" || value === "on"
      ? true
      : value === "false" || value === "0"
      ? false
      : value,
  z.boolean().optional(),
);

/** What a list, the facets, an export and the gallery's URL have in common. */
export const AdapterFilter = z.object({
  q: text(300).optional(),
  active: flag,
  favorite: flag,
  has_preview: flag,
  /** All of these tags. */
  tag: many,
  /** At least one of these tags. */
  tag_any: many,
  /** None of these tags. */
  tag_not: many,
  author: many,
  base_model: many,
  sd_version: many,
  /** Only adapters that fit this base model's family. */
  compatible_with: text(100).optional(),
  trained_word: many,
  collection: many,
  file_status: many.pipe(z.array(z.enum(["present", "missing", "changed", "unreadable"]))),
  rating_min: z.coerce.number().int().min(0).max(5).optional(),
  /** Lowers the viewer's own ceiling, never raises it. */
  nsfw_max: z.coerce.number().int().min(0).max(63).optional(),
}).meta({ id: "AdapterFilter" });
export type AdapterFilter = z.infer<typeof AdapterFilter>;

export const AdapterQuery = AdapterFilter.extend({
  sort: z.enum(SORTS).optional(),
  order: z.enum(["asc", "desc"]).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).optional(),
  cursor: z.string().max(2000).optional(),
}).meta({ id: "AdapterQuery" });
export type AdapterQuery = z.infer<typeof AdapterQuery>;

/** An adapter as the API answers it: every column under its own name, `file_path` absolute, times ISO 8601 with Z. */
export interface Adapter {
  id: string;
  root_id: string;
  file_path: string;
  name: string;
  version: string;
  canonical_version_name: string | null;
  description: string | null;
  author_username: string | null;
  visibility: string;
  published_at: string | null;
  tags: string[];
  trained_words: string[];
  triggers: string[];
  weight: number;
  active: boolean;
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
  nsfw_level: number;
  activation_text: string | null;
  stats: Record<string, unknown>;
  extra: Record<string, unknown>;
  json_file_path: string | null;
  json_file_mtime: string | null;
  json_file_size: number | null;
  last_ingested_at: string | null;
  created_at: string;
  updated_at: string;
  base_model: string | null;
  negative_text: string | null;
  notes: string | null;
  rating: number;
  is_favorite: boolean;
  file_status: FileStatus;
  file_format: string;
  file_size: number | null;
  file_mtime: string | null;
  hashes: Hashes;
  trigger_sets: TriggerSet[];
  civitai_model_id: number | null;
  civitai_version_id: number | null;
  preview: Preview | null;
  edited_fields: string[];
  training: Record<string, unknown>;
  usage_count: number;
  last_used_at: string | null;
  collections: { id: string; name: string }[];
  /** What composing would write for it, e.g. `<lora:neon_v2:0.8>`. */
  token: string;
}

/** The columns a gallery card or table row needs; nothing long. */
export type AdapterCard =
  & Pick<
    Adapter,
    | "id"
    | "name"
    | "version"
    | "author_username"
    | "base_model"
    | "tags"
    | "trained_words"
    | "weight"
    | "active"
    | "ordinal"
    | "rating"
    | "is_favorite"
    | "nsfw_level"
    | "file_status"
    | "file_format"
    | "file_size"
    | "created_at"
    | "published_at"
    | "usage_count"
    | "preview"
    | "token"
  >
  & { downloads: number };

export interface AdapterPage<T = Adapter> {
  items: T[];
  total: number;
  limit: number;
  offset: number | null;
  next_cursor: string | null;
}

export interface FacetCount {
  value: string;
  count: number;
}

/** Counts over the filtered selection, most frequent first, at most 200 values each. */
export interface Facets {
  total: number;
  tag: FacetCount[];
  base_model: FacetCount[];
  sd_version: FacetCount[];
  author: FacetCount[];
  file_status: FacetCount[];
  rating: FacetCount[];
  collection: FacetCount[];
  active: number;
  favorite: number;
  /** Adapters the viewer's content level hides. */
  hidden: number;
}

export type EditableColumn = keyof z.infer<typeof AdapterFields> & keyof AdapterTable;

export const BulkAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("activate") }),
  z.object({ action: z.literal("deactivate") }),
  z.object({ action: z.literal("favorite") }),
  z.object({ action: z.literal("unfavorite") }),
  z.object({ action: z.literal("delete") }),
  z.object({ action: z.literal("tag"), tags: words.min(1) }),
  z.object({ action: z.literal("untag"), tags: words.min(1) }),
  z.object({ action: z.literal("weight"), weight: z.number().min(-10).max(10) }),
  z.object({ action: z.literal("collect"), collection_id: z.uuid() }),
  z.object({ action: z.literal("uncollect"), collection_id: z.uuid() }),
]);

/** One change to at most a thousand adapters. */
export type BulkRequest = z.infer<typeof BulkAction> & { ids: string[] };
export const BulkRequest: z.ZodType<BulkRequest> = z.union(
  BulkAction.options.map((option) =>
    option.extend({ ids: z.array(z.uuid()).min(1).max(1000) }).strict()
  ),
).meta({ id: "BulkRequest" });

/** What became of each: those in neither list were updated. */
export interface BulkOutcome {
  updated: number;
  not_found: string[];
  errors: { id: string; message: string }[];
}

export const ActivateRequest = z.object({
  ordinal: AdapterFields.shape.ordinal.optional(),
}).strict().meta({ id: "ActivateRequest" });

export const ReorderRequest = z.object({
  ids: z.array(z.uuid()).max(1000),
}).strict().meta({ id: "ReorderRequest" });

export const ExportQuery = AdapterFilter.extend({
  format: z.enum(["csv", "json"]).default("json"),
  sort: z.enum(SORTS).optional(),
  order: z.enum(["asc", "desc"]).optional(),
}).meta({ id: "ExportQuery" });

/** Adapters that are, or seem to be, the same. */
export interface DuplicateGroup {
  reason: "sha256" | "name_version" | "stem";
  /** What they share: the hash, "name version", or the stem. */
  value: string;
  items: AdapterCard[];
}

export const PreviewQuery = z.object({
  /** Pixels; rounded up to a width that is kept. */
  w: z.coerce.number().int().min(64).max(1024).default(320),
  /** Anything that changes with the picture: then the answer may be cached for good. */
  v: text(100).optional(),
}).strict();
