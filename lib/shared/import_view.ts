import type { ImportStatus } from "@/lib/importer/report.ts";
import type { JobStatus } from "@/lib/db/schema.ts";
import type { CardView } from "./card_view.ts";

/** What an import was asked to do. */
export interface ImportRequestView {
  /** Absolute folders. */
  targets: string[];
  /** True if a folder of it was no library root: a look before adding it. */
  isPlan: boolean;
  dryRun: boolean;
  force: boolean;
  ignore: string[];
}

/** One import's page, as the server renders it and the browser keeps it current. */
export interface ImportView {
  status: ImportStatus;
  request: ImportRequestView;
  /** The newest records, while there is something to watch; newest first. */
  latest: CardView[];
}

/** A job in a list: on its way, or of the past. */
export interface JobRow {
  id: string;
  kind: string;
  status: JobStatus;
  /** What it works on: folders, or nothing more to say. */
  about: string;
  dryRun: boolean;
  progress: Record<string, unknown>;
  counts: { created: number; updated: number; missing: number; failed: number } | null;
  createdAt: string;
  finishedAt: string | null;
  fault: string | null;
}

export const isOver = (status: JobStatus): boolean => status !== "pending" && status !== "running";

/** Lines a page of the report has. */
export const REPORT_PAGE = 100;

/** Address of a page of the report. */
export function reportHref(id: string, outcome: string | null, offset = 0): string {
  const params = new URLSearchParams();
  if (outcome !== null) params.set("outcome", outcome);
  if (offset > 0) params.set("offset", String(offset));
  const search = params.toString();
  return `/import/${id}${search && `?${search}`}#report`;
}
