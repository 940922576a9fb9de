import type { Insertable } from "kysely";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { uniqueWords } from "@/lib/text/words.ts";
import {
  BASE_MODELS,
  COMMON,
  inventWords,
  KINDS,
  seededRandom,
  SUBJECTS,
  zipf,
} from "./catalog_words.ts";

export const ROOT_ID = "01980000-0000-7000-8000-000000000000";
const NSFW_LEVELS = [1, 1, 1, 1, 0, 2, 4, 3, 8, 16];
const START = Date.UTC(2023, 0, 1);
const YEARS_3 = 3 * 365 * 86_400_000;

/** The nth id: UUIDs of version 7 in order of creation. */
const idOf = (index: number): string =>
  `01980000-${hex(index, 8).slice(0, 4)}-7${hex(index, 8).slice(5)}-8000-${hex(index, 12)}`;
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/**
 * `count` adapters that resemble a real collection: a few tags and authors on most of them and thousands on hardly
 * any, a description of 20 to 300 words with a vocabulary of 60,000, sizes, dates and counts spread as on Civitai.
 * The same every time.
 */
export function* adapters(count: number): Generator<Insertable<AdapterTable>> {
  const random = seededRandom(20_240_601);
  const invented = inventWords(random, 60_000);
  const vocabulary = [...COMMON, ...SUBJECTS, ...invented];
  const tags = [...KINDS, ...SUBJECTS, ...invented.slice(0, 4000)];
  const authors = invented.slice(1000, 4500).map((word, index) => index % 3 ? word : `${word}_art`);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
  const some = (
    count: number,
    draw: () => string,
  ) => [...new Set(Array.from({ length: count }, draw))];

  for (let index = 0; index < count; index++) {
    const hero = zipf(random, invented.slice(0, 20_000), 0.5);
    const nameWords = [capital(hero), capital(pick(SUBJECTS)), capital(zipf(random, KINDS))];
    const version = `v${1 + Math.floor(random() * 4)}.${Math.floor(random() * 3)}`;
    const stem = `${nameWords.join("_").toLowerCase()}_${version}-${index.toString(36)}`;
    const [baseModel, sdVersion] = zipf(random, BASE_MODELS, 0.8);
    const sentence = Array.from(
      { length: 20 + Math.floor(280 * random() ** 3) },
      () => zipf(random, vocabulary, 3),
    );
    const created = START + index / count * YEARS_3;
    const downloads = Math.floor(20 / (random() + 0.0005));
    const isSafe = random();
    yield {
      id: idOf(index),
      root_id: ROOT_ID,
      file_path: `${pick(KINDS)}/${stem}.safetensors`,
      name: `${nameWords.join(" ")}${random() < 0.3 ? ` [${pick(SUBJECTS)}]` : ""}`,
      version,
      description: `<p>${sentence.join(" ")}</p>`,
      author_username: zipf(random, authors),
      published_at: random() < 0.9 ? new Date(created - 86_400_000) : null,
      tags: some(1 + Math.floor(random() * 12), () => zipf(random, tags)),
      trained_words: random() < 0.7
        ? some(1 + Math.floor(random() * 4), () => hero + pick(KINDS))
        : [],
      weight: 0.6 + Math.floor(random() * 9) / 20,
      active: random() < 0.0003,
      sd_version: sdVersion || null,
      base_model: baseModel,
      nsfw_level: NSFW_LEVELS[Math.floor(isSafe * NSFW_LEVELS.length)]!,
      rating: random() < 0.1 ? Math.ceil(random() * 5) : 0,
      is_favorite: random() < 0.05,
      file_status: random() < 0.99 ? "present" : "missing",
      file_size: 9_000_000 + Math.floor(random() * 220_000_000),
      file_mtime: new Date(created),
      created_at: new Date(created),
      updated_at: new Date(created + random() * 1e9),
      stats: JSON.stringify({ downloadCount: downloads, thumbsUpCount: Math.floor(downloads / 9) }),
      extra: JSON.stringify({
        civitai_model: { type: "LORA", allowNoCredit: true, availability: "Public" },
      }),
      hashes: JSON.stringify({ sha256: hex(index, 8).repeat(8), autov2: hex(index, 10) }),
      hash_state: "done",
      civitai_model_id: index + 1000,
      civitai_version_id: index + 2000,
      preview: random() < 0.95
        ? JSON.stringify({
          source: "file",
          kind: "image",
          path: `${stem}.preview.png`,
          hash: hex(index, 8).repeat(8),
          width: 512,
          height: 512 + 64 * Math.floor(random() * 6),
          thumbhash: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
        })
        : null,
      search_words: uniqueWords(sentence.join(" "), 300).join(" "),
      usage_count: random() < 0.02 ? Math.floor(random() * 40) : 0,
    };
  }
}

/** Fills an empty catalog. @returns How many were written. */
export async function fillCatalog(db: Db, count: number): Promise<number> {
  await db.insertInto("library_root").values({ id: ROOT_ID, path: "/library", label: "Library" })
    .execute();
  let batch: Insertable<AdapterTable>[] = [];
  for (const adapter of adapters(count)) {
    if (batch.push(adapter) < 500) continue;
    await db.insertInto("adapter").values(batch).execute();
    batch = [];
  }
  if (batch.length > 0) await db.insertInto("adapter").values(batch).execute();
  await db.deleteFrom("catalog_change").execute();
  return count;
}
