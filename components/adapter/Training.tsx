import { formatCount, formatExact } from "@/lib/shared/format.ts";

interface TagCount {
  tag: string;
  count: number;
}

const SHOWN_TAGS = 80;
const GROUPS = 5;

/** Where each setting stands; what is not listed follows in the order it came. */
const LABELS: Record<string, string> = {
  sd_model_name: "Trained on",
  base_model_version: "Base version",
  architecture: "Architecture",
  network_module: "Network",
  network_type: "Network type",
  rank: "Rank",
  alpha: "Alpha",
  resolution: "Resolution",
  steps: "Steps",
  epoch: "Epoch",
  epochs: "Epochs",
  batch_size: "Batch size",
  learning_rate: "Learning rate",
  unet_lr: "U-Net rate",
  text_encoder_lr: "Text encoder rate",
  lr_scheduler: "Scheduler",
  optimizer: "Optimizer",
  mixed_precision: "Precision",
  clip_skip: "Clip skip",
  images: "Pictures",
  train_images: "Pictures × repeats",
  tool: "Tool",
  title: "Title",
  output_name: "Output name",
  started_at: "Started",
  finished_at: "Finished",
  vae_name: "VAE",
  seed: "Seed",
};

/** How the file was trained, from its own header. */
export function Training({ training }: { training: Readonly<Record<string, unknown>> }) {
  const tags = tagsOf(training.tags);
  const settings = settingsOf(training);
  return (
    <>
      {tags.length > 0 && (
        <section class="section" aria-labelledby="training-tags-title">
          <h2 id="training-tags-title">Training tags</h2>
          <ul class="words">
            {tags.slice(0, SHOWN_TAGS).map(({ tag, count }, rank) => (
              <li key={tag} class={`word-${sizeOf(rank, Math.min(SHOWN_TAGS, tags.length))}`}>
                {tag} <span class="num">{formatCount(count)}</span>
              </li>
            ))}
          </ul>
          {tags.length > SHOWN_TAGS && (
            <p class="field-hint">and {formatCount(tags.length - SHOWN_TAGS)} rarer ones</p>
          )}
        </section>
      )}
      {settings.length > 0 && (
        <section class="section" aria-labelledby="training-title">
          <h2 id="training-title">Training</h2>
          <dl class="facts sm:grid-cols-[max-content_1fr_max-content_1fr]">
            {settings.map(([name, value]) => (
              <div key={name} class="contents">
                <dt>{LABELS[name] ?? name.replaceAll("_", " ")}</dt>
                <dd class="num">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

/** 5 for the most frequent fifth, down to 1: ranks and not counts, so that one giant leaves the rest legible. */
const sizeOf = (rank: number, count: number): number =>
  GROUPS - Math.floor(rank * GROUPS / Math.max(1, count));

function tagsOf(value: unknown): TagCount[] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is TagCount =>
    typeof entry?.tag === "string" && typeof entry.count === "number"
  );
}

function settingsOf(training: Readonly<Record<string, unknown>>): [string, string][] {
  const known = Object.keys(LABELS);
  const place = (name: string) => known.includes(name) ? known.indexOf(name) : known.length;
  return Object.entries(training)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .sort(([a], [b]) => place(a) - place(b))
    .map((
      [name, value],
    ) => [name, name.endsWith("_at") ? formatExact(String(value)) : String(value)]);
}
