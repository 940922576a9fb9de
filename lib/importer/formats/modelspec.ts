import { boundedRecord } from "./civitai_fields.ts";
import type { Findings } from "./findings.ts";
import { hex, type Json, text, textList, without } from "./read.ts";

/** Keys with a column, keys that only repeat the standard, and the picture. */
const MAPPED = new Set(
  ("title description author trigger_phrase tags architecture hash_sha256 thumbnail sai_model_spec " +
    "implementation").split(" "),
);

/** Python writes missing values as this text. */
const isNone = (value: unknown) => value === "None" || value === "none" || value === "";

/** The `modelspec.*` keys of a header or a SwarmUI sidecar, without the prefix. */
export function modelspecKeys(source: Json): Json {
  const found: [string, unknown][] = [];
  for (const key in source) {
    if (key.startsWith("modelspec.") && !isNone(source[key])) {
      found.push([key.slice(10), source[key]]);
    }
  }
  return Object.fromEntries(found);
}

/** sd-scripts fills in "LoRA@1700000000" when nobody gave a title. */
function title(spec: Json): string | undefined {
  const given = text(spec.title, 300);
  return given && !/^\w+@\d+$/.test(given) ? given : undefined;
}

/** Columns that the Stability AI model metadata standard can fill. */
export function readModelspec(source: Json): Omit<Findings, "source"> {
  const spec = modelspecKeys(source);
  const autov3 = hex(spec.hash_sha256, 64, 12)?.slice(0, 12);
  return {
    name: title(spec),
    description: text(spec.description, 200_000),
    author_username: text(spec.author, 200),
    tags: textList(spec.tags),
    trained_words: [text(spec.trigger_phrase, 500)].filter((phrase) => phrase !== null),
    base_model: text(spec.architecture, 100),
    notes: null,
    hashes: autov3 ? { autov3 } : undefined,
    rest: boundedRecord(without(spec, MAPPED)),
  };
}
