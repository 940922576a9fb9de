import type { Hashes, TriggerSet } from "@/lib/db/schema.ts";
import type { SafetensorsHeader } from "./header.ts";

/** The kinds of document that may lie beside a model file. */
export type SidecarKind =
  | "civitai_model"
  | "civitai_version"
  | "a1111_user"
  | "lora_manager"
  | "stability_matrix"
  | "rgthree"
  | "swarm"
  | "text";

/** Everything a fact can come from: a sidecar, the model's own header, or at last its file name. */
export type FactSource = SidecarKind | "header" | "file_name";

/** How the version of a Civitai document was matched with the file; see docs/import-rules.md. */
export type VersionChoice = "hash" | "file_name" | "first" | "none";

export interface Problem {
  /** File name, without folder. */
  file: string;
  reason: string;
}

export interface DescribeInput {
  /** Null when only sidecars are left: the adapter is catalogued as missing. */
  model: {
    fileName: string;
    sizeBytes: number;
    /** Null when it could not be read, or the file is not safetensors. */
    header: SafetensorsHeader | null;
    /** What is already known of the file's bytes; upper or lower case. */
    hashes: { sha256?: string; autov1?: string; autov2?: string; autov3?: string };
  } | null;
  /** File name of the model without its extension. */
  stem: string;
  sidecars: { fileName: string; bytes: Uint8Array }[];
}

/**
 * What the files say about one adapter, named as the columns of `adapter`. "Nothing known" is null, an
 * empty list, an empty record or, for `version`, the empty text. Strings fit the limits of
 * `AdapterFields` and can be stored by Postgres (no NUL, no lone surrogates).
 */
export interface AdapterFacts {
  /** Never empty: the stem when nothing better is known; see `name_source`. */
  name: string;
  version: string;
  canonical_version_name: string | null;
  /** Sanitised HTML. */
  description: string | null;
  author_username: string | null;
  visibility: string | null;
  /** ISO 8601 in UTC. */
  published_at: string | null;
  tags: string[];
  /** One entry for each unit the author wrote, commas kept, `<lora:...>` removed. */
  trained_words: string[];
  /** The single words and phrases in `trained_words` and `activation_text`. */
  triggers: string[];
  weight: number | null;
  primary_file_name: string | null;
  primary_file_size_kb: number | null;
  /** 64 lower-case hex digits. */
  primary_file_sha256: string | null;
  primary_file_download_url: string | null;
  supports_generation: boolean | null;
  sd_version: string | null;
  /** Civitai's bit mask; 0 when unrated. */
  nsfw_level: number;
  activation_text: string | null;
  stats: Record<string, unknown>;
  /** Unmapped fields by source, bounded in size. */
  extra: Record<string, unknown>;
  base_model: string | null;
  negative_text: string | null;
  notes: string | null;
  /** Lower-case hex of this very file, never of another version's. */
  hashes: Hashes;
  trigger_sets: TriggerSet[];
  civitai_model_id: number | null;
  civitai_version_id: number | null;
  /** How the file was trained, from its header; no user paths. */
  training: Record<string, unknown>;
  /** Unique normalised words of the description, at most 300, space-separated. */
  search_words: string;

  /** True when another tool marked it; a suggestion for the first import only. */
  is_favorite: boolean | null;
  rating: number | null;
  weight_range: { min: number | null; max: number | null } | null;
  /** Where `name` comes from; a name from the file name replaces nothing. */
  name_source: FactSource;
  version_choice: VersionChoice;
  sources: FactSource[];
  /** What could not be used, and why. */
  problems: Problem[];
}
