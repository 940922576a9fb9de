import { queueVerification } from "@/lib/catalog/verification.ts";
import type { OpenDatabase } from "@/lib/db/open.ts";
import type { AdapterTable, Db } from "@/lib/db/schema.ts";
import { Events } from "@/lib/events/service.ts";
import type { ImportStatus } from "@/lib/importer/report.ts";
import { StartImport } from "@/lib/importer/schema.ts";
import { Importer } from "@/lib/importer/service.ts";
import { NotifyBell } from "@/lib/jobs/bell.ts";
import type { Job } from "@/lib/jobs/job.ts";
import { Pump } from "@/lib/jobs/pump.ts";
import { Jobs } from "@/lib/jobs/service.ts";
import { Library } from "@/lib/library/service.ts";
import { Previews } from "@/lib/previews/service.ts";
import { Settings } from "@/lib/settings/service.ts";
import { createHandlers } from "@/workers/handlers.ts";
import type { Selectable } from "kysely";

/** Everything an import needs on one database, wired as the server does; `await using` stops it. */
export class ImportRig implements AsyncDisposable {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly library: Library;
  readonly importer: Importer;
  readonly previews: Previews;
  readonly settings: Settings;
  /** How often the catalog was told of changes. */
  changes = 0;
  readonly #pump: Pump;
  readonly #dataDir: string;
  #ownsDataDir = false;

  private constructor(
    { db, channel, lock, analyze }: OpenDatabase,
    dataDir: string,
    leaseMs?: number,
  ) {
    const bell = new NotifyBell(channel);
    const catalog = { changed: () => void this.changes++ };
    this.#dataDir = dataDir;
    this.db = db;
    this.events = new Events({ db, channel });
    this.jobs = new Jobs({ db, bell, events: this.events });
    this.library = new Library({ db });
    this.settings = new Settings({ db });
    const { jobs, library } = this;
    // Never from a cache: a read of the settings inside a transaction must hang here, not on somebody's machine.
    const settings = { get: () => new Settings({ db }).get() };
    this.importer = new Importer({ db, jobs, library, settings, catalog, analyze });
    this.previews = new Previews({ db, dataDir, covers: this.importer, catalog });
    this.#pump = new Pump({
      db,
      bell,
      events: this.events,
      handlers: createHandlers(this),
      lookMs: 50,
      leaseMs,
      sole: lock !== null,
    });
  }

  static async start(
    open: OpenDatabase,
    options: { dataDir?: string; leaseMs?: number } = {},
  ): Promise<ImportRig> {
    const dataDir = options.dataDir ?? await Deno.makeTempDir({ prefix: "lm-test-data-" });
    const rig = new ImportRig(open, dataDir, options.leaseMs);
    rig.#ownsDataDir = options.dataDir === undefined;
    await rig.#pump.start();
    return rig;
  }

  /** Runs an import to its end and answers its report. */
  async import(request: Partial<StartImport> = {}): Promise<ImportStatus> {
    const { jobId } = await this.importer.start(StartImport.parse(request));
    await this.jobs.wait(jobId);
    return await this.importer.report(jobId, { limit: 1000, offset: 0 }, { nsfwMax: 63 });
  }

  /** Compares a file with its record, as the catalog has it done, and answers what came of it. */
  async verify(adapterId: string): Promise<Record<string, unknown>> {
    const { jobId } = await queueVerification(this.db, this.jobs, adapterId);
    return (await this.jobs.wait(jobId)).result!;
  }

  /** Waits until no job waits or runs, those that others left behind included. */
  async idle(): Promise<Job[]> {
    for (;;) {
      const open = await this.db.selectFrom("job").select("id")
        .where("status", "in", ["pending", "running"]).executeTakeFirst();
      if (!open) return await this.jobs.list({ limit: 500 });
      await this.jobs.wait(open.id);
    }
  }

  adapters(): Promise<Selectable<AdapterTable>[]> {
    return this.db.selectFrom("adapter").selectAll().orderBy("file_path").execute();
  }

  /** The record of a path; fails if there is none. */
  async adapter(filePath: string): Promise<Selectable<AdapterTable>> {
    return await this.db.selectFrom("adapter").selectAll().where("file_path", "=", filePath)
      .executeTakeFirstOrThrow();
  }

  /** Writes fields as a user's edit does. */
  async edit(
    filePath: string,
    fields: Partial<Pick<Selectable<AdapterTable>, "name" | "notes" | "weight">>,
  ) {
    const { id, edited_fields } = await this.adapter(filePath);
    const edited = [...new Set([...edited_fields, ...Object.keys(fields)])];
    await this.db.updateTable("adapter").set({ ...fields, edited_fields: edited })
      .where("id", "=", id).execute();
    return id;
  }

  get dataDir(): string {
    return this.#dataDir;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pump.stop();
    this.importer.close();
    await this.events.close();
    if (this.#ownsDataDir) await Deno.remove(this.#dataDir, { recursive: true });
  }
}

/** A report's lines as `outcome path`, paths relative to the root. */
export const linesOf = ({ report }: ImportStatus, root: string): string[] =>
  report.items.map(({ outcome, path }) =>
    `${outcome} ${path === root ? "." : path.slice(root.length + 1)}`
  );
