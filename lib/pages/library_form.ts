import { z } from "zod";
import { BulkAction } from "@/lib/catalog/schema.ts";
import { validate } from "@/lib/http/parse.ts";

const ids = z.preprocess(
  (value) => value === undefined ? [] : Array.isArray(value) ? value : [value],
  z.array(z.uuid()).max(1000),
);

/** What the form around the results may send: one card's button, or an action on the ticked ones. */
const LibraryForm = z.object({
  activate: z.uuid().optional(),
  deactivate: z.uuid().optional(),
  favorite: z.uuid().optional(),
  unfavorite: z.uuid().optional(),
  action: z.string().optional(),
  confirmed: z.string().optional(),
  id: ids,
  bulk_tags: z.string().max(2000).default(""),
  bulk_weight: z.string().max(20).default(""),
  bulk_collection: z.string().max(40).default(""),
});

export type LibraryRequest =
  | { kind: "bulk"; action: BulkAction; ids: string[] }
  | { kind: "confirm delete" | "export"; ids: string[] }
  | { kind: "nothing" };

type BulkAction = z.infer<typeof BulkAction>;

/** Reads the posted fields. @throws {Invalid} */
export function libraryRequest(fields: Record<string, string | string[]>): LibraryRequest {
  const form = validate(LibraryForm, fields);
  for (const action of ["activate", "deactivate", "favorite", "unfavorite"] as const) {
    const id = form[action];
    if (id !== undefined) return { kind: "bulk", action: { action }, ids: [id] };
  }
  if (form.action === undefined || form.id.length === 0) return { kind: "nothing" };
  if (form.action === "export") return { kind: "export", ids: form.id };
  if (form.action === "delete" && form.confirmed !== "yes") {
    return { kind: "confirm delete", ids: form.id };
  }
  const tags = form.bulk_tags.split(",").map((tag) => tag.trim()).filter(Boolean);
  // Enter in one of the bar's fields: only tags were certainly typed, the weight stands there by itself.
  if (form.action === "default" && tags.length === 0) return { kind: "nothing" };
  const action = validate(BulkAction, {
    action: form.action === "default" ? "tag" : form.action,
    tags,
    weight: Number(form.bulk_weight),
    collection_id: form.bulk_collection,
  });
  return { kind: "bulk", action, ids: form.id };
}
