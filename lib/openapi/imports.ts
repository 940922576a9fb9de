import { z } from "zod";
import { IdParams } from "@/lib/http/parse.ts";
import { type ImportStatus, ITEM_OUTCOMES } from "@/lib/importer/report.ts";
import { ReportPage, StartImport } from "@/lib/importer/schema.ts";
import { JobView } from "@/lib/jobs/schema.ts";
import { AddRoot, type LibraryRoot } from "@/lib/library/schema.ts";
import { JobId, type Operation } from "./operation.ts";

const count = z.number().int();
const time = z.iso.datetime();
const Outcome = z.enum(ITEM_OUTCOMES);

const Counts = z.object({
  scanned: count,
  created: count,
  updated: count,
  unchanged: count,
  missing: count,
  orphans: count,
  failed: count,
  duplicates: count,
});

const Import = z.object({
  job_id: z.uuid(),
  status: JobView.shape.status,
  dry_run: z.boolean(),
  counts: Counts,
  progress: z.record(z.string(), z.unknown()),
  report: Counts.extend({
    duration_ms: count,
    items: z.array(
      z.object({ path: z.string(), outcome: Outcome, reason: z.string().optional() }),
    ),
  }),
  items_total: count,
  outcomes: z.partialRecord(Outcome, count),
  error: JobView.shape.error,
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
}).meta({ id: "Import" }) satisfies z.ZodType<ImportStatus>;

const Root = z.object({
  id: z.uuid(),
  path: z.string(),
  label: z.string(),
  created_at: time,
  last_scan_at: time.nullable(),
  last_scan_files: count.nullable(),
  available: z.boolean(),
  problem: z.string().nullable(),
  adapters: count,
  missing: count,
}).meta({ id: "LibraryRoot" }) satisfies z.ZodType<LibraryRoot>;

const tag = "Import";

export const importOperations: Operation[] = [
  {
    method: "post",
    path: "/api/v1/imports",
    tag,
    summary: "Reads the library roots, or one folder inside them",
    description: "`Idempotency-Key` makes a repeated request the same one for 24 hours.",
    body: StartImport,
    answers: { 202: { description: "Queued", schema: JobId } },
  },
  {
    method: "get",
    path: "/api/v1/imports/{id}",
    tag,
    summary: "State and report of an import, while it runs and afterwards",
    params: IdParams,
    query: ReportPage,
    answers: { 200: { description: "The import", schema: Import } },
  },
  {
    method: "get",
    path: "/api/v1/imports/{id}/events",
    tag,
    summary: "What an import does, from its beginning",
    params: IdParams,
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    answers: { 200: { description: "Server-Sent Events", contentType: "text/event-stream" } },
  },
  {
    method: "post",
    path: "/api/v1/imports/{id}/cancel",
    tag,
    summary: "Stops an import; what it wrote stays",
    params: IdParams,
    answers: {
      202: {
        description: "Cancelled",
        schema: JobId.extend({ status: z.literal("cancelled") }).meta({ id: "CancelledJob" }),
      },
    },
  },
  {
    method: "get",
    path: "/api/v1/library-roots",
    tag,
    summary: "The folders the server may read",
    answers: { 200: { description: "Roots", schema: z.object({ items: z.array(Root) }) } },
  },
  {
    method: "post",
    path: "/api/v1/library-roots",
    tag,
    summary: "Adds a folder; one removed earlier comes back with its records",
    body: AddRoot,
    answers: { 201: { description: "Added", schema: z.object({ root: Root }) } },
  },
  {
    method: "delete",
    path: "/api/v1/library-roots/{id}",
    tag,
    summary: "Forgets a folder and keeps its records",
    params: IdParams,
    answers: { 204: { description: "Forgotten" } },
  },
];
