import { z } from "zod";
import { StartImport } from "@/lib/importer/schema.ts";
import { validate } from "@/lib/http/parse.ts";
import { linesOf } from "./settings_form.ts";

const tick = z.string().optional().transform((value) => value !== undefined);

const ImportForm = z.object({
  /** A root's path; "" for all of them. */
  root: z.string().max(4096).default(""),
  /** A folder inside a root; wins over `root`. */
  path: z.string().max(4096).default(""),
  dry_run: tick,
  force_resync: tick,
  confirm_missing: tick,
  ignore: z.string().max(100_000).default(""),
});

/** What the import page's form asks for. @throws {Invalid} */
export function importRequest(fields: Record<string, string | string[]>): StartImport {
  const { root, path, ignore, ...flags } = validate(ImportForm, fields);
  return validate(StartImport, {
    ...flags,
    path: path.trim() || root || undefined,
    ignore: linesOf(ignore),
  });
}

const RootsForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.enum(["add", "plan"]),
    path: z.string().trim().min(1, "Type or choose a folder").max(4096),
    label: z.string().trim().max(200).default(""),
  }),
  z.object({ intent: z.literal("remove"), id: z.uuid() }),
]);

/** What the forms about library roots ask for: to add a folder, to see what adding it would do, or to forget one. */
export type RootsRequest = z.infer<typeof RootsForm>;

/** @throws {Invalid} */
export const rootsRequest = (fields: Record<string, string | string[]>): RootsRequest =>
  validate(RootsForm, fields);
