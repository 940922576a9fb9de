import type { Viewer } from "@/lib/access/viewer.ts";
import { ImportPayload, ReportPage, RootPayload } from "@/lib/importer/schema.ts";
import type { Job } from "@/lib/jobs/job.ts";
import { AdapterQuery } from "@/lib/catalog/schema.ts";
import type { LibraryRoot } from "@/lib/library/schema.ts";
import { parseQuery } from "@/lib/http/parse.ts";
import { cardView } from "@/lib/shared/card_view.ts";
import {
  type ImportRequestView,
  type ImportView,
  isOver,
  type JobRow,
  REPORT_PAGE,
} from "@/lib/shared/import_view.ts";
import type { Services } from "@/services.ts";

const HISTORY = 100;
const OPEN_JOBS = 50;
const LATEST = 12;

export interface ImportPageData {
  roots: LibraryRoot[];
  /** Running and waiting jobs of all kinds. */
  open: JobRow[];
  /** Imports that have ended, newest first. */
  history: JobRow[];
}

/** The folders, what is being done with them, and what was. */
export async function importPageData(
  { library, jobs }: Pick<Services, "library" | "jobs">,
): Promise<ImportPageData> {
  const [roots, running, pending, imports] = await Promise.all([
    library.roots(),
    jobs.list({ status: "running", limit: OPEN_JOBS }),
    jobs.list({ status: "pending", limit: OPEN_JOBS }),
    jobs.list({ kind: "import", limit: HISTORY }),
  ]);
  const pathOf = new Map(roots.map(({ id, path }) => [id, path]));
  const row = (job: Job) => jobRow(job, pathOf);
  return {
    roots,
    open: [...running, ...pending].map(row),
    history: imports.filter(({ status }) => isOver(status)).map(row),
  };
}

/**
 * One import, with the page of its report that the URL asks for.
 *
 * @throws {NotFound | Invalid}
 */
export async function importView(
  { importer, jobs, catalog }: Pick<Services, "importer" | "jobs" | "catalog">,
  viewer: Viewer,
  id: string,
  url: URL,
): Promise<ImportView> {
  const page = { ...parseQuery(ReportPage, url), limit: REPORT_PAGE };
  const [status, job] = await Promise.all([importer.report(id, page, viewer), jobs.get(id)]);
  const isWatched = !status.dry_run && (!isOver(status.status) || status.counts.created > 0);
  const newest = AdapterQuery.parse({ sort: "added", order: "desc", limit: LATEST });
  return {
    status,
    request: requestOf(job),
    latest: isWatched ? (await catalog.cards(newest, viewer)).items.map(cardView) : [],
  };
}

function jobRow(job: Job, pathOf: ReadonlyMap<string, string>): JobRow {
  const told = { ...job.progress, ...job.result };
  const count = (name: string) => typeof told[name] === "number" ? told[name] : 0;
  const isImport = job.kind === "import";
  return {
    id: job.id,
    kind: job.kind,
    status: job.status,
    about: aboutOf(job, pathOf),
    dryRun: isImport && job.payload.dry_run === true,
    progress: job.progress,
    counts: isImport
      ? {
        created: count("created"),
        updated: count("updated"),
        missing: count("missing"),
        failed: count("failed"),
      }
      : null,
    createdAt: job.created_at.toISOString(),
    finishedAt: job.finished_at?.toISOString() ?? null,
    fault: job.error?.message ?? null,
  };
}

function aboutOf(job: Job, pathOf: ReadonlyMap<string, string>): string {
  if (job.kind === "import") return requestOf(job).targets.join(", ");
  const root = RootPayload.safeParse(job.payload);
  return root.success ? pathOf.get(root.data.root_id) ?? "" : "";
}

/** A job of another version may carry another payload; then there is nothing to say. */
function requestOf(job: Job): ImportRequestView {
  const payload = ImportPayload.safeParse(job.payload);
  if (!payload.success) {
    return { targets: [], isPlan: false, dryRun: false, force: false, ignore: [] };
  }
  const { targets, dry_run, force_resync, ignore } = payload.data;
  return {
    targets: targets.map(({ path, under }) => under === "" ? path : `${path}/${under}`),
    isPlan: targets.some(({ root_id }) => root_id === null),
    dryRun: dry_run,
    force: force_resync,
    ignore,
  };
}
