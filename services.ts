import { join } from "node:path";
import { getLogger } from "@logtape/logtape";
import { sql } from "kysely";
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
import { Health } from "@/lib/health/service.ts";
import { detectFileFormat } from "@/lib/importer/formats/file_format.ts";
import { Importer } from "@/lib/importer/service.ts";
import { type Bell, KvBell, NotifyBell } from "@/lib/jobs/bell.ts";
import { Maintenance } from "@/lib/jobs/maintenance.ts";
import { Jobs } from "@/lib/jobs/service.ts";
import { Library } from "@/lib/library/service.ts";
import { Metrics } from "@/lib/metrics.ts";
import { Previews } from "@/lib/previews/service.ts";
import { Settings } from "@/lib/settings/service.ts";

const log = getLogger(["lm", "services"]);

/** How late a web process may notice what another one wrote. */
const OTHERS_WRITES_MS = 1000;

/** Everything the edge may ask for. */
export interface Services {
  readonly config: Config;
  readonly db: Db;
  readonly database: OpenDatabase;
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
  /** Starts what runs without being asked. Only servers call it: tests and the command line do not. */
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
  const { db, dialect } = database;
  const stop = new AbortController();
  const settings = new Settings({ db });
  const access = new Access({ db, config, settings });
  await access.start();
  const bell = await openBell(config, database);
  const events = new Events({ db, channel: database.channel });
  const jobs = new Jobs({ db, bell, events });
  const maintenance = new Maintenance({ db });
  const library = new Library({ db });
  const pollMs = dialect === "postgres" ? OTHERS_WRITES_MS : Infinity;
  const index = new CatalogIndex({ db, pollMs });
  const catalog = new CatalogService({ db, library, detectFormat: detectFileFormat, index });
  const importer = new Importer({ db, jobs, library, settings, catalog });
  const health = new Health({
    db,
    dialect,
    checks: {
      database: async () => {
        await sql`select 1`.execute(db);
        return { status: "ok" };
      },
      "library roots": async () => {
        const absent = (await library.roots()).filter(({ available }) => !available);
        return absent.length === 0 ? { status: "ok" } : {
          status: "degraded",
          detail: absent.map(({ path, problem }) => `${path}: ${problem}`).join("; "),
        };
      },
    },
  });
  const metrics = new Metrics();
  metrics.gauge("lm_adapters", "Adapters in the catalog.", () => health.countAdapters());
  metrics.gauges("lm_jobs", "Jobs by status.", "status", () => health.countJobs());

  return {
    config,
    db,
    database,
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
    previews: new Previews({ db, dataDir: config.dataDir, covers: importer, catalog }),
    recipes: new RecipeService({ db, catalog }),
    settings,
    closing: stop.signal,
    async start() {
      for (const problem of await library.ensureRoots(config.library)) {
        log.warn("Cannot use a folder of LM_LIBRARY", { problem });
      }
      maintenance.start();
      // Not awaited: pages that need no catalog answer at once, and the others wait for it themselves.
      index.load().catch((error) => {
        if (!stop.signal.aborted) log.error("Cannot load the catalog", { error });
      });
    },
    beginClosing: () => stop.abort(),
    async close() {
      stop.abort();
      await maintenance.stop();
      await index.close();
      await events.close();
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
