import { z } from "zod";
import type { Collection } from "@/lib/catalog/collections_schema.ts";
import {
  type Adapter,
  AdapterFields,
  type AdapterPage,
  type BulkOutcome,
  type DuplicateGroup,
  type Facets,
} from "@/lib/catalog/schema.ts";

// What the catalog answers is typed where it is made; these say the same to readers of the document, and the
// compiler holds them to it.

const time = z.iso.datetime();
const details = z.record(z.string(), z.unknown());
const FileStatus = z.enum(["present", "missing", "changed", "unreadable"]);

const Preview = z.object({
  source: z.enum(["file", "header", "generated"]),
  kind: z.enum(["image", "video"]),
  path: z.string().nullable(),
  hash: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  thumbhash: z.string().nullable(),
});

export const AdapterView = z.object({
  ...AdapterFields.shape,
  visibility: z.string(),
  published_at: time.nullable(),
  id: z.uuid(),
  root_id: z.uuid(),
  file_path: z.string(),
  archetype: z.string().nullable(),
  archetype_confidence: z.number().nullable(),
  primary_file_name: z.string().nullable(),
  primary_file_size_kb: z.number().nullable(),
  primary_file_sha256: z.string().nullable(),
  primary_file_download_url: z.string().nullable(),
  primary_file_local_path: z.string().nullable(),
  stats: details,
  extra: details,
  json_file_path: z.string().nullable(),
  json_file_mtime: time.nullable(),
  json_file_size: z.number().int().nullable(),
  last_ingested_at: time.nullable(),
  created_at: time,
  updated_at: time,
  file_status: FileStatus,
  file_format: z.string(),
  file_size: z.number().int().nullable(),
  file_mtime: time.nullable(),
  hashes: z.object({
    sha256: z.string().optional(),
    autov1: z.string().optional(),
    autov2: z.string().optional(),
    autov3: z.string().optional(),
    crc32: z.string().optional(),
    blake3: z.string().optional(),
  }),
  civitai_model_id: z.number().int().nullable(),
  civitai_version_id: z.number().int().nullable(),
  preview: Preview.nullable(),
  edited_fields: z.array(z.string()),
  training: details,
  usage_count: z.number().int(),
  last_used_at: time.nullable(),
  collections: z.array(z.object({ id: z.uuid(), name: z.string() })),
  token: z.string().meta({ description: "What composing would write, e.g. `<lora:neon_v2:0.8>`." }),
}).meta({ id: "Adapter" }) satisfies z.ZodType<Adapter>;

export const AdapterPageView = z.object({
  items: z.array(AdapterView),
  total: z.number().int(),
  limit: z.number().int(),
  offset: z.number().int().nullable(),
  next_cursor: z.string().nullable(),
}).meta({ id: "AdapterPage" }) satisfies z.ZodType<AdapterPage>;

/** The columns of a gallery card. */
export const CardView = AdapterView.pick({
  id: true,
  name: true,
  version: true,
  author_username: true,
  base_model: true,
  tags: true,
  trained_words: true,
  weight: true,
  active: true,
  ordinal: true,
  rating: true,
  is_favorite: true,
  nsfw_level: true,
  file_status: true,
  file_format: true,
  file_size: true,
  created_at: true,
  published_at: true,
  usage_count: true,
  preview: true,
  token: true,
}).extend({ downloads: z.number().int() }).meta({ id: "AdapterCard" });

const counts = z.array(z.object({ value: z.string(), count: z.number().int() }));

export const FacetsView = z.object({
  total: z.number().int(),
  tag: counts,
  base_model: counts,
  sd_version: counts,
  author: counts,
  file_status: counts,
  rating: counts,
  collection: counts,
  active: z.number().int(),
  favorite: z.number().int(),
  hidden: z.number().int(),
}).meta({ id: "Facets" }) satisfies z.ZodType<Facets>;

export const BulkOutcomeView = z.object({
  updated: z.number().int(),
  not_found: z.array(z.string()),
  errors: z.array(z.object({ id: z.string(), message: z.string() })),
}).meta({ id: "BulkOutcome" }) satisfies z.ZodType<BulkOutcome>;

export const DuplicateGroupView = z.object({
  reason: z.enum(["sha256", "name_version", "stem"]),
  value: z.string(),
  items: z.array(CardView),
}).meta({ id: "DuplicateGroup" }) satisfies z.ZodType<DuplicateGroup>;

export const CollectionView = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  adapters: z.number().int(),
  created_at: time,
  updated_at: time,
}).meta({ id: "Collection" }) satisfies z.ZodType<Collection>;
