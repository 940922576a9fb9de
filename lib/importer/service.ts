import { join } from "node:path";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { OpenDatabase } from "@/lib/db/open.ts";
import type { Db, Tx } from "@/lib/db/schema.ts";
import { Invalid, NotFound } from "@/lib/errors.ts";
import type { ClaimedJob, Job, JobSpec } from "@/lib/jobs/job.ts";
import type { JobContext } from "@/lib/jobs/handlers.ts";
import { once } from "@/lib/jobs/idempotency.ts";
import type { Jobs } from "@/lib/jobs/service.ts";
import type { Library } from "@/lib/library/service.ts";
import type { Settings } from "@/lib/settings/service.ts";
import { embeddedCover } from "./formats/cover.ts";
import { readSafetensorsHeader } from "./header.ts";
import { runImport } from "./import_job.ts";
import { hashSweep } from "./hash_sweep.ts";
import { importItems } from "./items.ts";
import { pendingWork } from "./pending_work.ts";
import { viewImport } from "./import_view.ts";
import type { ImportStatus } from "./report.ts";
import type { JobSite, ScanContext } from "./scan_context.ts";
import {
  AdapterPayload,
  ImportPayload,
  type ReportPage,
  RootPayload,
  type StartImport,
} from "./schema.ts";
import { verifyFile } from "./verify.ts";
import { Walker } from "./walker.ts";

export interface ImporterDeps {
  db: Db;
  jobs: Jobs;
  library: Library;
  settings: Pick<Settings, "get">;
  /** Told after each commit that wrote adapters. */
  catalog: { changed(): void };
  analyze: OpenDatabase["analyze"];
}

/** What makes a request the same request when it comes again. */
export interface Repeatable {
  key: string;
  /** Who asks, and for what. */
  scope: string;
}

/** Survives as many restarts as a long import of a flaky machine may need. */
const IMPORT_ATTEMPTS = 100;
const HASH_ATTEMPTS = 1_000;

/** So many changed records make the planner's statistics worth a refresh. */
const ANALYZE_FROM = 500;

/** Keeps the catalog true to the library: runs imports, hashes and verifications, all as jobs. */
export class Importer {
  readonly #deps: ImporterDeps;
  #walker: Walker | null = null;
  readonly #foreign: ScanContext["foreign"] = new Map();

  constructor(deps: ImporterDeps) {
    this.#deps = deps;
  }

  /** Ends the Worker that is kept between imports. */
  close(): void {
    this.#walker?.[Symbol.dispose]();
    this.#walker = null;
  }

  /**
   * Queues an import.
   *
   * @throws {Invalid} If the path lies outside all library roots.
   * @throws {Conflict} If the same key came with another request.
   */
  async start(request: StartImport, repeatable?: Repeatable): Promise<{ jobId: string }> {
    const { db, jobs } = this.#deps;
    const spec = importSpec(await this.#payload(request));
    if (!repeatable) return { jobId: (await jobs.enqueue(spec)).id };
    const body = JSON.stringify(request);
    const { response } = await once(db, { ...repeatable, body }, async (tx) => {
      return { status: 202, response: { jobId: (await jobs.add(tx, spec)).id } };
    });
    await jobs.ring("import");
    return response as { jobId: string };
  }

  /** Queues a dry run over a folder that is no library root yet, for the command line. */
  async plan(path: string, ignore: string[]): Promise<{ jobId: string }> {
    const settings = await this.#deps.settings.get();
    const spec = importSpec({
      targets: [{ root_id: null, path, under: "" }],
      ignore: [...settings.import_ignore, ...ignore],
      dry_run: true,
      force_resync: false,
      confirm_missing: false,
    });
    return { jobId: (await this.#deps.jobs.enqueue(spec)).id };
  }

  /**
   * Queues an import again as it was, but writing: what a dry run has shown is then done.
   *
   * @throws {NotFound} If there is no such import, or a folder of it is no library root any more.
   */
  async doForReal(jobId: string): Promise<{ jobId: string }> {
    const { library, jobs } = this.#deps;
    const payload = ImportPayload.parse((await this.find(jobId)).payload);
    for (const { root_id, path } of payload.targets) {
      if (root_id === null) throw new NotFound("library root", path);
      await library.root(root_id);
    }
    return { jobId: (await jobs.enqueue(importSpec({ ...payload, dry_run: false }))).id };
  }

  /**
   * Queues a scan of one root, unless one waits or runs.
   *
   * @returns `created` is false if so; a running one may have passed the file in question already.
   */
  async rescan(root: { id: string; path: string }): Promise<{ jobId: string; created: boolean }> {
    const { id, created } = await this.#deps.jobs.enqueue(await this.#rescanSpec(root));
    return { jobId: id, created };
  }

  /** @throws {NotFound} Also if the job is no import. */
  async find(jobId: string): Promise<Job> {
    const job = await this.#deps.jobs.get(jobId);
    if (job.kind !== "import") throw new NotFound("import", jobId);
    return job;
  }

  /**
   * @param viewer Lines about adapters that they may not see are left out.
   * @throws {NotFound} Also if the job is no import.
   */
  async report(
    jobId: string,
    page: ReportPage,
    viewer: Pick<Viewer, "nsfwMax">,
  ): Promise<ImportStatus> {
    const job = await this.find(jobId);
    const items = importItems(this.#deps.db, jobId);
    const [lines, outcomes] = await Promise.all([items.page(page, viewer), items.tally(viewer)]);
    return viewImport(job, lines, outcomes, page.outcome);
  }

  /** @throws {NotFound | Conflict} If there is no such import, or it has ended. */
  async cancel(jobId: string): Promise<void> {
    await this.find(jobId);
    await this.#deps.jobs.cancel(jobId);
  }

  /**
   * The picture inside a model file, if it has one.
   *
   * @param file Open at its start.
   */
  async readCover(file: Deno.FsFile, sizeBytes: number): Promise<Uint8Array | null> {
    const { metadata } = await readSafetensorsHeader(file, sizeBytes);
    return embeddedCover(metadata)?.bytes ?? null;
  }

  /** Runs a job of kind "import". */
  async runImport(job: ClaimedJob, context: JobContext) {
    const payload = ImportPayload.parse(job.payload);
    // Kept warm: a new Worker takes longer to get up to speed than a scan without changes takes.
    const walker = this.#walker ??= new Walker();
    const site = { ...this.#site(context), walker, foreign: this.#foreign };
    const result = await runImport(job.id, payload, site, this.#deps.library).catch((error) => {
      // It may be in the middle of a walk, or stuck on a dead drive.
      this.close();
      throw error;
    });
    if (!payload.dry_run) {
      // The embedded database has nobody else to tell its planner that the catalog is another one now.
      if (result.created + result.updated >= ANALYZE_FROM) await this.#deps.analyze(["adapter"]);
      this.#follow(context, (tx) => this.#queueFollowing(tx, payload));
    }
    return { ...result };
  }

  /** Runs a job of kind "hash". */
  async runHash(job: ClaimedJob, context: JobContext) {
    const { root_id } = RootPayload.parse(job.payload);
    const root = await this.#deps.library.root(root_id);
    const result = await hashSweep(root, this.#site(context));
    if (result.to_reread > 0) {
      // Made before the transaction begins: it reads the settings, and inside only `tx` may be used.
      const rescan = await this.#rescanSpec(root);
      this.#follow(context, async (tx) => {
        await this.#deps.jobs.add(tx, rescan);
        return ["import"];
      });
    }
    return { ...result };
  }

  /** Runs a job of kind "verify". */
  async runVerify(job: ClaimedJob, context: JobContext) {
    const { adapter_id } = AdapterPayload.parse(job.payload);
    return { ...await verifyFile(adapter_id, this.#site(context)) };
  }

  async #payload(request: StartImport): Promise<ImportPayload> {
    const { library, settings } = this.#deps;
    const targets: ImportPayload["targets"] = [];
    if (request.path !== undefined) {
      const { root, relPath } = await library.locate(request.path);
      targets.push({ root_id: root.id, path: root.path, under: await folderOf(root, relPath) });
    } else {
      for (const { id, path } of await library.roots()) {
        targets.push({ root_id: id, path, under: "" });
      }
    }
    return {
      targets,
      ignore: [...(await settings.get()).import_ignore, ...request.ignore],
      dry_run: request.dry_run,
      force_resync: request.force_resync,
      confirm_missing: request.confirm_missing,
    };
  }

  async #rescanSpec({ id, path }: { id: string; path: string }): Promise<JobSpec> {
    const { import_ignore } = await this.#deps.settings.get();
    const spec = importSpec({
      targets: [{ root_id: id, path, under: "" }],
      ignore: import_ignore,
      dry_run: false,
      force_resync: false,
      confirm_missing: false,
    });
    return { ...spec, dedupeKey: `rescan:${id}` };
  }

  /** What an import leaves to be done in the background. */
  async #queueFollowing(tx: Tx, { targets }: ImportPayload): Promise<string[]> {
    const queues: string[] = [];
    for (const { root_id } of targets) {
      if (!root_id) continue;
      const payload = { root_id };
      const work = await pendingWork(tx, root_id);
      for (const kind of ["preview", "hash"] as const) {
        if (!work[kind]) continue;
        await this.#deps.jobs.add(tx, {
          kind,
          payload,
          dedupeKey: `${kind}:${root_id}`,
          maxAttempts: HASH_ATTEMPTS,
        });
        queues.push(kind);
      }
    }
    return queues;
  }

  /** Adds jobs in the transaction that ends this one, and wakes their workers. */
  #follow(context: JobContext, add: (tx: Tx) => Promise<string[]>): void {
    context.finishWith(async (tx) => {
      const queues = await add(tx);
      // Rung before the commit: at worst the workers find the jobs a second later.
      for (const queue of queues) void this.#deps.jobs.ring(queue);
    });
  }

  #site({ signal, progress, checkpoint }: JobContext): JobSite {
    const { db, catalog } = this.#deps;
    return { db, signal, progress, checkpoint, onCommit: () => catalog.changed() };
  }
}

/** A model's folder stands for the model. */
async function folderOf(root: { path: string }, relPath: string): Promise<string> {
  const info = await Deno.stat(join(root.path, relPath)).catch((cause) => {
    throw new Invalid({ path: "path", message: "There is no such folder" }, { cause });
  });
  if (info.isDirectory) return relPath;
  return relPath.includes("/") ? relPath.slice(0, relPath.lastIndexOf("/")) : "";
}

const importSpec = (payload: ImportPayload): JobSpec => ({
  kind: "import",
  payload,
  maxAttempts: IMPORT_ATTEMPTS,
});
