import { join } from "node:path";
import { getLogger } from "@logtape/logtape";
import { Access } from "@/lib/access/service.ts";
import { Collections } from "@/lib/catalog/collections.ts";
import { CatalogIndex } from "@/lib/catalog/index/catalog_index.ts";
import { CatalogService } from "@/lib/catalog/service.ts";
import { RecipeService } from "@/lib/compose/recipe_service.ts";
import { ComposeService } from "@/lib/compose/service.ts";
import type { Config } from "@/lib/config.ts";
import { migrate } from "@/lib/db/migrate.ts";
import { type OpenDatabase, openDatabase } from "@/lib/db/open.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Events } from "@/lib/events/service.ts";
import { databaseCheck, libraryCheck, queueCheck } from "@/lib/health/checks.ts";
import { Health } from "@/lib/health/service.ts";
import { detectFileFormat } from "@/lib/importer/formats/file_format.ts";
import { Importer } from "@/lib/importer/service.ts";
import { LibraryWatch } from "@/lib/importer/watch.ts";
import { type Bell, KvBell, NotifyBell } from "@/lib/jobs/bell.ts";
import { Maintenance } from "@/lib/jobs/maintenance.ts";
import { Pump } from "@/lib/jobs/pump.ts";
import { Jobs } from "@/lib/jobs/service.ts";
import { Library } from "@/lib/library/service.ts";
import { Metrics } from "@/lib/metrics.ts";
import { Previews } from "@/lib/previews/service.ts";
import { Settings } from "@/lib/settings/service.ts";
import { createHandlers } from "@/workers/handlers.ts";

const log = getLogger(["lm", "services"]);
/** How stale this process may find what another one wrote. */
const CATALOG_POLL_MS = 1_000;

/** Everything the edge and the command line may ask for. */
export interface Services {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly db: Db;
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly collections: Collections;
  readonly compose: ComposeService;
  readonly events: Events;
  readonly health: Health;
  readonly importer: Importer;
  readonly jobs: Jobs;
  readonly library: Library;
  readonly metrics: Metrics;
  readonly previews: Previews;
  readonly recipes: RecipeService;
  readonly settings: Settings;
  /** Aborted when the process begins to stop: long answers end themselves. */
  readonly closing: AbortSignal;
  /** Starts running jobs. Servers and command line tasks that need one do so. */
  startWorkers(): Promise<void>;
  /** Starts what a server does without being asked: workers, watching, clearing up. */
  start(): Promise<void>;
  /** Ends long answers; requests in flight may still use the services. */
  beginClosing(): void;
  close(): Promise<void>;
}

/**
 * Opens the database, migrates it and wires the services. The only place that does: the server, the command
 * line and the tests all come here.
 *
 * @param options.database An open, migrated database to use instead of the configured one; closed with the rest.
 */
export async function openServices(
  config: Config,
  options: { database?: OpenDatabase } = {},
): Promise<Services> {
  const database = options.database ?? await openDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl?.reveal() ?? null,
  });
  try {
    if (!options.database) await migrate(database.db);
    return await wire(config, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function wire(config: Config, database: OpenDatabase): Promise<Services> {
  const { db, dialect, channel } = database;
  const stop = new AbortController();

  const settings = new Settings({ db });
  const access = new Access({ db, config, settings });
  await access.start();

  const bell = await openBell(config, database);
  const events = new Events({ db, channel });
  const jobs = new Jobs({ db, bell, events });
  const library = new Library({ db });
  const index = new CatalogIndex({
    db,
    pollMs: dialect === "pglite" ? Infinity : CATALOG_POLL_MS,
  });
  const catalog = new CatalogService({ db, jobs, library, index, detectFormat: detectFileFormat });
  const importer = new Importer({
    db,
    jobs,
    library,
    settings,
    catalog,
    analyze: database.analyze,
  });
  const previews = new Previews({ db, dataDir: config.dataDir, covers: importer, catalog });
  const handlers = createHandlers({ importer, previews });
  const pump = new Pump({ db, bell, events, handlers, sole: database.lock !== null });
  const maintenance = new Maintenance(database);
  const watch = new LibraryWatch({
    importer,
    jobs,
    library,
    settings,
    dataDir: config.dataDir,
  });

  const health = new Health({
    db,
    dialect,
    checks: {
      database: databaseCheck(db),
      queue: queueCheck(db),
      "library roots": libraryCheck(library),
    },
  });
  const metrics = new Metrics();
  metrics.gauge("lm_adapters", "Adapters in the catalog.", () => health.countAdapters());
  metrics.gauges("lm_jobs", "Jobs by status.", "status", () => health.countJobs());

  return {
    config,
    database,
    db,
    access,
    catalog,
    collections: new Collections({ db, index }),
    compose: new ComposeService({ db }),
    events,
    health,
    importer,
    jobs,
    library,
    metrics,
    previews,
    recipes: new RecipeService({ db, catalog }),
    settings,
    closing: stop.signal,
    startWorkers: () => pump.start(),
    async start() {
      for (const problem of await library.ensureRoots(config.library)) {
        log.warn("Cannot use a folder of LM_LIBRARY", { problem });
      }
      await pump.start();
      maintenance.start();
      watch.start();
      // Not awaited: pages are served while the catalog is read.
      index.load().catch((error) => {
        if (!stop.signal.aborted) log.error("Cannot read the catalog", { error });
      });
    },
    beginClosing: () => stop.abort(),
    async close() {
      stop.abort();
      await watch.stop();
      await pump.stop();
      importer.close();
      await maintenance.stop();
      await events.close();
      await index.close();
      await bell.close();
      await database.close();
    },
  };
}

/** KV rings within the one process that owns the embedded database on disk; everything else rings by channel. */
async function openBell(config: Config, { channel, lock }: OpenDatabase): Promise<Bell> {
  return lock === null
    ? new NotifyBell(channel)
    : await KvBell.open(join(config.dataDir, "bell.sqlite"));
}
