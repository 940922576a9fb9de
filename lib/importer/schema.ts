import { z } from "zod";
import { ITEM_OUTCOMES } from "./report.ts";

export const StartImport = z.object({
  /** Absolute path of a folder inside a library root; all roots if absent. */
  path: z.string().trim().min(1).max(4096).optional(),
  /** Report what would change, write nothing. */
  dry_run: z.boolean().default(false),
  /** Read every file again, changed or not. */
  force_resync: z.boolean().default(false),
  /** Globs in the syntax of `.gitignore`, besides those of the settings. */
  ignore: z.array(z.string().min(1).max(500)).max(200).default([]),
  /** Mark files missing even if more than a fifth of them vanished at once. */
  confirm_missing: z.boolean().default(false),
}).strict().meta({ id: "StartImport" });
export type StartImport = z.infer<typeof StartImport>;

export const ReportPage = z.object({
  limit: z.coerce.number().int().min(0).max(10_000).default(1_000),
  offset: z.coerce.number().int().min(0).default(0),
  /** Only the lines of this outcome. */
  outcome: z.enum(ITEM_OUTCOMES).optional(),
});
export type ReportPage = z.infer<typeof ReportPage>;

/** What an import job carries; version 1. */
export const ImportPayload = z.object({
  targets: z.array(z.object({
    /** Null for a folder that is no root: a dry run before it is registered. */
    root_id: z.uuid().nullable(),
    path: z.string(),
    under: z.string(),
  })),
  ignore: z.array(z.string()),
  dry_run: z.boolean(),
  force_resync: z.boolean(),
  confirm_missing: z.boolean(),
});
export type ImportPayload = z.infer<typeof ImportPayload>;

export const RootPayload = z.object({ root_id: z.uuid() });
export const AdapterPayload = z.object({ adapter_id: z.uuid() });
