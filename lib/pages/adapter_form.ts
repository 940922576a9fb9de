import { type Adapter, UpdateAdapter } from "@/lib/catalog/schema.ts";
import type { GivenFields } from "@/lib/catalog/fields.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { validate } from "@/lib/http/parse.ts";

export type FormFields = Record<string, string | string[]>;

const list = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const text = (value: string | string[] | undefined): string => list(value).at(-1) ?? "";
const lines = (value: string): string[] =>
  value.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
const names = (value: string): string[] =>
  value.split(/[,\n]/).map((name) => name.trim()).filter(Boolean);
const number = (value: string): number =>
  value.trim() === "" ? NaN : Number(value.replace(",", "."));

/** The fields of the edit form, as the adapter would have them. */
export function editedFields(form: FormFields): GivenFields {
  const setTexts = list(form.set_text);
  const optional = (name: string) => text(form[name]).replaceAll("\r\n", "\n").trim() || null;
  return validate(UpdateAdapter, {
    name: text(form.name),
    version: text(form.version),
    author_username: optional("author_username"),
    base_model: optional("base_model"),
    tags: names(text(form.tags)),
    trained_words: lines(text(form.trained_words)),
    trigger_sets: list(form.set_name)
      .map((name, index) => ({
        name: name.trim() || "Unnamed",
        text: setTexts[index]?.trim() ?? "",
      }))
      .filter((set) => set.text !== ""),
    activation_text: optional("activation_text"),
    negative_text: optional("negative_text"),
    weight: number(text(form.weight)),
    rating: number(text(form.rating)),
    nsfw_level: number(text(form.nsfw_level)),
    notes: optional("notes"),
    description: optional("description"),
  });
}

/** What differs from the adapter as it is: only that counts as edited by the user. */
export function changedFields(adapter: Adapter, edited: GivenFields): GivenFields {
  return Object.fromEntries(
    Object.entries(edited).filter(([name, value]) =>
      // The form offers single levels; a stored mask of several stands under its highest.
      name === "nsfw_level"
        ? value !== nsfwRank(adapter.nsfw_level)
        : JSON.stringify(value) !== JSON.stringify(normalised(adapter[name as keyof Adapter]))
    ),
  );
}

/** Stored text as a form would send it back unchanged. */
function normalised(value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() || null : value;
}

export type PanelRequest =
  | { kind: "update"; fields: GivenFields }
  | { kind: "activate" | "deactivate" | "verify" | "delete" | "edit" | "nothing" }
  | { kind: "collect"; name: string }
  | { kind: "uncollect"; id: string };

/** What one of the panel's small forms asks for. @throws {Invalid} */
export function panelRequest(form: FormFields, adapter: Adapter): PanelRequest {
  const update = (fields: Record<string, unknown>): PanelRequest => ({
    kind: "update",
    fields: validate(UpdateAdapter, fields),
  });
  if (form.intent !== undefined) {
    const intent = text(form.intent);
    return intent === "verify" || intent === "delete" || intent === "edit"
      ? { kind: intent }
      : { kind: "nothing" };
  }
  if (form.activate !== undefined) return { kind: "activate" };
  if (form.deactivate !== undefined) return { kind: "deactivate" };
  if (form.favorite !== undefined) return update({ is_favorite: true });
  if (form.unfavorite !== undefined) return update({ is_favorite: false });
  if (form.rating !== undefined) return update({ rating: number(text(form.rating)) });
  if (form.weight !== undefined) return update({ weight: number(text(form.weight)) });
  if (form.notes !== undefined) return update({ notes: text(form.notes) || null });
  if (form.untag !== undefined) {
    return update({ tags: adapter.tags.filter((tag) => tag !== text(form.untag)) });
  }
  if (form.uncollect !== undefined) return { kind: "uncollect", id: text(form.uncollect) };
  if (form.tag !== undefined) {
    return update({ tags: [...new Set([...adapter.tags, ...names(text(form.tag))])] });
  }
  const collection = text(form.collection).trim();
  return collection ? { kind: "collect", name: collection } : { kind: "nothing" };
}
