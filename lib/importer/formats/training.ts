import { clip } from "@/lib/text/storable.ts";
import { parseNested } from "./decode.ts";
import { type Json, number, record, text, without } from "./read.ts";

/** Training tags kept, most frequent first. */
const MAX_TAGS = 200;
const MAX_DATASETS = 50;

type Metadata = Readonly<Record<string, string>>;

export interface TagCount {
  tag: string;
  count: number;
}

const said = (value: string | undefined) =>
  value === "None" || value === "null" ? undefined : value;
const str = (value: string | undefined, max = 200) => text(said(value), max);
const num = (value: string | undefined) => number(said(value));

/** The last part of a path: the rest tells the trainer's user name and disks. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter((part) => part !== "").at(-1) ?? "";
}

/** The name of a trainer's class without its arguments: "prodigyopt.prodigy.Prodigy(...)" is "Prodigy". */
function optimizer(value: string | null): { optimizer: string; optimizer_args?: string } | null {
  const match = value?.match(/^([\w.]+)(?:\((.*)\))?$/s);
  if (!match) return value ? { optimizer: clip(value, 100) } : null;
  return {
    optimizer: match[1]!.split(".").at(-1)!,
    ...(match[2] ? { optimizer_args: clip(match[2], 500) } : {}),
  };
}

/** kohya writes seconds since 1970 as text. */
function time(value: string | undefined): string | null {
  const seconds = num(value);
  const isPlausible = seconds !== null && seconds > 946_684_800 && seconds < 4_102_444_800;
  return isPlausible ? new Date(seconds * 1000).toISOString() : null;
}

/** `(1024, 1024)`, `1024x1024` and `[1024, 1024]` all become "1024x1024". */
function resolution(value: string | null): string | null {
  const sides = value?.match(/\d+/g);
  return sides ? `${sides[0]}x${sides[1] ?? sides[0]}` : null;
}

/**
 * The tags a network was trained with, most frequent first. Counted by folder, or, as some tools
 * write them, in one flat record.
 */
export function trainingTags(metadata: Metadata): TagCount[] {
  const counts = new Map<string, number>();
  const add = (tag: string, count: unknown) => {
    const name = text(tag, 200);
    if (name && typeof count === "number" && count > 0) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  };
  for (const [key, value] of Object.entries(record(parseNested(metadata.ss_tag_frequency)) ?? {})) {
    const folder = record(value);
    if (folder) { for (const tag in folder) add(tag, folder[tag]); }
    else add(key, value);
  }
  return [...counts].map(([tag, count]) => ({ tag, count }))
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1)).slice(0, MAX_TAGS);
}

/** Folders of training pictures, named without their path; "10_sks woman" is ten repeats. */
function datasets(metadata: Metadata): Json[] {
  const folders = Object.entries(record(parseNested(metadata.ss_dataset_dirs)) ?? {});
  return folders.slice(0, MAX_DATASETS).map(([path, value]) => {
    const folder = record(value) ?? {};
    return {
      name: clip(baseName(path), 200),
      images: number(folder.img_count),
      repeats: number(folder.n_repeats),
    };
  });
}

/** Tags of nearly every picture, which are probably what calls the subject. */
function triggerSuggestions(tags: TagCount[], images: number): string[] {
  if (images === 0) return [];
  return tags.filter(({ count }) => count >= images * 0.9).slice(0, 10).map(({ tag }) => tag);
}

/**
 * What a header tells about the training, by our own names. Only listed keys are read, and paths lose
 * their folders: a trainer's home directory is nobody's business.
 */
export function readTraining(metadata: Metadata): Json {
  const sets = datasets(metadata);
  const tags = trainingTags(metadata);
  const images = sets.reduce((sum, set) => sum + (number(set.images) ?? 0), 0);
  const spec = resolution(str(metadata["modelspec.resolution"]));
  return without({
    title: str(metadata["modelspec.title"], 300),
    output_name: str(metadata.ss_output_name),
    base_model_version: str(metadata.ss_base_model_version),
    architecture: str(metadata["modelspec.architecture"]),
    sd_model_name: text(baseName(str(metadata.ss_sd_model_name, 500) ?? ""), 200),
    vae_name: text(baseName(str(metadata.ss_vae_name, 500) ?? ""), 200),
    network_module: str(metadata.ss_network_module),
    network_args: networkArgs(metadata.ss_network_args),
    rank: num(metadata.ss_network_dim),
    alpha: num(metadata.ss_network_alpha),
    dropout: num(metadata.ss_network_dropout),
    resolution: resolution(str(metadata.ss_resolution)) ?? spec,
    clip_skip: num(metadata.ss_clip_skip),
    epoch: num(metadata.ss_epoch),
    epochs: num(metadata.ss_num_epochs),
    steps: num(metadata.ss_steps),
    max_steps: num(metadata.ss_max_train_steps),
    batch_size: num(metadata.ss_total_batch_size) ?? num(metadata.ss_batch_size_per_device),
    learning_rate: num(metadata.ss_learning_rate),
    unet_lr: num(metadata.ss_unet_lr),
    text_encoder_lr: num(metadata.ss_text_encoder_lr),
    lr_scheduler: str(metadata.ss_lr_scheduler),
    ...optimizer(str(metadata.ss_optimizer, 1000)),
    mixed_precision: str(metadata.ss_mixed_precision),
    noise_offset: num(metadata.ss_noise_offset),
    min_snr_gamma: num(metadata.ss_min_snr_gamma),
    prediction_type: str(metadata["modelspec.prediction_type"]),
    seed: num(metadata.ss_seed),
    train_images: num(metadata.ss_num_train_images),
    reg_images: num(metadata.ss_num_reg_images),
    started_at: time(metadata.ss_training_started_at),
    finished_at: time(metadata.ss_training_finished_at),
    comment: str(metadata.ss_training_comment, 500),
    tool: tool(metadata),
    images: images || null,
    datasets: sets.length ? sets.map((set) => without(set, NOTHING)) : null,
    tags: tags.length ? tags : null,
    trigger_suggestions: nonEmpty(triggerSuggestions(tags, images)),
  }, NOTHING);
}

const NOTHING: ReadonlySet<string> = new Set();
const nonEmpty = <T>(list: T[]) => list.length ? list : null;

/** Plain values only: arguments may name files of the trainer's machine. */
function networkArgs(value: string | undefined): Json | null {
  const args = Object.entries(record(parseNested(value)) ?? {}).slice(0, 50)
    .filter(([, arg]) => typeof arg !== "object" && !/[\\/]/.test(String(arg)))
    .map(([key, arg]) => [clip(key, 100), text(String(arg), 100)]);
  return args.length ? Object.fromEntries(args) : null;
}

function tool(metadata: Metadata): string | null {
  const software = record(parseNested(metadata.software));
  const named = text(software?.name, 100) ?? (software ? null : str(metadata.software, 100));
  if (named) return named;
  return metadata.ss_sd_scripts_commit_hash || metadata.ss_network_module ? "sd-scripts" : null;
}
