import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { stemOf } from "@/lib/shared/prompt/token.ts";
import { normalizeText } from "@/lib/text/words.ts";
import { Bitmap } from "./bitmap.ts";
import { CodeColumn, ListColumn, NumberColumn } from "./columns.ts";
import { appealOf } from "./ranking.ts";
import type { IndexRow } from "./rows.ts";

/**
 * What names are ordered by: spelling folded, and numbers by size, so that `v2` comes before `v10`. A run of digits
 * is preceded by a letter for its length.
 */
export function nameKey(name: string): string {
  const folded = normalizeText(name);
  if (!/\d/.test(folded)) return folded;
  return folded.replace(
    /0*(\d+)/g,
    (_, digits: string) => String.fromCharCode(0x30 + Math.min(digits.length, 60)) + digits,
  );
}

/** Absent counts and counts that are no number are zero. */
export function downloadCount(text: string | number | null | undefined): number {
  const count = Number(text ?? 0);
  return Number.isFinite(count) && count > 0 ? count : 0;
}

/**
 * Every adapter's short fields by column. A row lives in a slot, a small number that bitmaps and orders speak of; the
 * slot of a removed adapter is given to the next new one.
 */
export class AdapterTable {
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  /** Slots in use. */
  readonly live = new Bitmap();
  readonly ids: string[] = [];
  readonly names: string[] = [];
  /** What names are ordered by. */
  readonly nameKeys: string[] = [];
  readonly stems: string[] = [];
  readonly author = new CodeColumn();
  readonly baseModel = new CodeColumn();
  readonly sdVersion = new CodeColumn();
  readonly fileStatus = new CodeColumn();
  readonly tags = new ListColumn();
  readonly trainedWords = new ListColumn();
  /** Collections by their id. */
  readonly collections = new ListColumn();
  readonly nsfwRank = new NumberColumn();
  readonly rating = new NumberColumn();
  readonly active = new NumberColumn();
  readonly favorite = new NumberColumn();
  readonly hasPreview = new NumberColumn();
  readonly ordinal = new NumberColumn();
  readonly fileSize = new NumberColumn();
  readonly created = new NumberColumn();
  readonly published = new NumberColumn();
  readonly updated = new NumberColumn();
  readonly lastUsed = new NumberColumn();
  readonly usage = new NumberColumn();
  readonly downloads = new NumberColumn();
  /** What a search adds to the score of everything; see ranking.ts. */
  readonly appeal = new NumberColumn();

  /** One more than the highest slot ever used. */
  get size(): number {
    return this.ids.length;
  }

  get count(): number {
    return this.#slots.size;
  }

  slotOf(id: string): number | undefined {
    return this.#slots.get(id);
  }

  /** Writes `row` to its slot, an own one if it is new. */
  put(row: IndexRow, collections: readonly string[]): number {
    const slot = this.#slots.get(row.id) ?? this.#free.pop() ?? this.ids.length;
    this.#slots.set(row.id, slot);
    this.live.add(slot);
    this.ids[slot] = row.id;
    this.names[slot] = row.name;
    this.nameKeys[slot] = nameKey(row.name);
    this.stems[slot] = stemOf(row.filePath);
    this.author.set(slot, row.author);
    this.baseModel.set(slot, row.baseModel);
    this.sdVersion.set(slot, row.sdVersion);
    this.fileStatus.set(slot, row.fileStatus);
    this.tags.set(slot, row.tags);
    this.trainedWords.set(slot, row.trainedWords);
    this.collections.set(slot, collections);
    this.nsfwRank.set(slot, nsfwRank(row.nsfwLevel));
    this.rating.set(slot, row.rating);
    this.active.set(slot, Number(row.active));
    this.favorite.set(slot, Number(row.favorite));
    this.hasPreview.set(slot, Number(row.hasPreview));
    this.ordinal.set(slot, row.ordinal);
    this.fileSize.set(slot, row.fileSize);
    this.created.set(slot, row.created);
    this.published.set(slot, row.published);
    this.updated.set(slot, row.updated);
    this.lastUsed.set(slot, row.lastUsed);
    this.usage.set(slot, row.usage);
    const downloads = downloadCount(row.downloads);
    this.downloads.set(slot, downloads);
    this.appeal.set(slot, appealOf(downloads, row.usage, row.favorite));
    return slot;
  }

  /** Frees the slot of `id` and returns it, or undefined if there was none. */
  remove(id: string): number | undefined {
    const slot = this.#slots.get(id);
    if (slot === undefined) return undefined;
    this.#slots.delete(id);
    this.live.delete(slot);
    this.#free.push(slot);
    return slot;
  }
}
