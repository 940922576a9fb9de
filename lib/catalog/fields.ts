import type { Updateable } from "kysely";
import type { z } from "zod";
import type { AdapterTable } from "@/lib/db/schema.ts";
import { htmlToText } from "@/lib/text/plain.ts";
import { sanitizeDescription } from "@/lib/text/sanitize.ts";
import { storable } from "@/lib/text/storable.ts";
import { uniqueWords } from "@/lib/text/words.ts";
import type { AdapterFields } from "./schema.ts";

export type GivenFields = Partial<z.infer<typeof AdapterFields>>;

/** Words of a description that searches find, as many as imports keep. */
const MAX_SEARCH_WORDS = 300;

/** State, not content: no import writes it, so there is nothing to protect. */
const STATE: ReadonlySet<string> = new Set(["active", "ordinal"]);

/** Turns what a user typed into columns, with what follows from them. */
export function columnsOf({ trigger_sets, description, ...given }: GivenFields) {
  const columns: Updateable<AdapterTable> = { ...given };
  for (const list of ["tags", "trained_words", "triggers"] as const) {
    const words = given[list];
    if (words) columns[list] = [...new Set(words.map(storable))];
  }
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "string") Object.assign(columns, { [name]: storable(value) });
  }
  if (trigger_sets !== undefined) columns.trigger_sets = JSON.stringify(clean(trigger_sets));
  if (description !== undefined) {
    // Descriptions reach the page as HTML, and this one comes from whoever holds a key.
    const html = description === null ? null : sanitizeDescription(storable(description));
    columns.description = html;
    columns.search_words = uniqueWords(htmlToText(html ?? ""), MAX_SEARCH_WORDS).join(" ");
  }
  return columns;
}

const clean = (sets: NonNullable<GivenFields["trigger_sets"]>) =>
  sets.map(({ name, text }) => ({ name: storable(name), text: storable(text) }));

/** The fields that imports must leave alone from now on. */
export const editedBy = (given: GivenFields, before: readonly string[] = []): string[] => [
  ...new Set([...before, ...Object.keys(given).filter((field) => !STATE.has(field))]),
];
