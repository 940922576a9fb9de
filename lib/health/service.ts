import { getLogger } from "@logtape/logtape";
import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import { VERSION } from "@/lib/version.ts";
import type { ComponentHealth, Readiness, SystemStatus } from "./schema.ts";

const log = getLogger(["lm", "health"]);
const TIMEOUT_MS = 3_000;

export interface Finding {
  status: ComponentHealth["status"];
  /** Shown to everyone who may read; no secrets, no stack. */
  detail?: string;
}

/** Looks at one component; a rejection means that it is down. */
export type Check = (signal: AbortSignal) => Promise<Finding>;

interface HealthDeps {
  checks: Readonly<Record<string, Check>>;
  db: Db;
  dialect: SystemStatus["database"];
}

/** Asks every component how it is. One that hangs counts as down and holds nobody up. */
export class Health {
  readonly #checks: ReadonlyMap<string, Check>;
  readonly #db: Db;
  readonly #dialect: SystemStatus["database"];
  readonly #startedAt = new Date();

  constructor({ checks, db, dialect }: HealthDeps) {
    this.#checks = new Map(Object.entries(checks));
    this.#db = db;
    this.#dialect = dialect;
  }

  /** What an administrator wants to know at a glance. */
  async status(): Promise<SystemStatus> {
    const [{ status, components }, adapters, jobs] = await Promise.all([
      this.readiness(),
      this.countAdapters(),
      this.countJobs(),
    ]);
    return {
      version: VERSION,
      started_at: this.#startedAt.toISOString(),
      uptime_s: Math.round((Date.now() - this.#startedAt.getTime()) / 1000),
      database: this.#dialect,
      status,
      components,
      adapters,
      jobs,
    };
  }

  async countAdapters(): Promise<number> {
    const row = await this.#db.selectFrom("adapter")
      .select(sql<number>`count(*)::int`.as("count")).executeTakeFirstOrThrow();
    return row.count;
  }

  /** By status; a status without jobs is absent. */
  async countJobs(): Promise<Record<string, number>> {
    const rows = await this.#db.selectFrom("job")
      .select(["status", sql<number>`count(*)::int`.as("count")]).groupBy("status").execute();
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  async readiness(): Promise<Required<Readiness>> {
    const components = await Promise.all(
      [...this.#checks].map(([name, check]) => examine(name, check)),
    );
    const has = (status: Finding["status"]) => components.some((each) => each.status === status);
    return { status: has("down") ? "down" : has("degraded") ? "degraded" : "ready", components };
  }
}

async function examine(name: string, check: Check): Promise<ComponentHealth> {
  const startedAt = performance.now();
  const finding = await withTimeout(check).catch((error): Finding => {
    log.warn("Component is down", { component: name, error });
    return { status: "down", detail: `${name} does not answer` };
  });
  return {
    name,
    status: finding.status,
    detail: finding.detail ?? null,
    duration_ms: Math.round(performance.now() - startedAt),
  };
}

async function withTimeout(check: Check): Promise<Finding> {
  const stop = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    stop.abort();
    late.reject(new Error(`No answer within ${TIMEOUT_MS} ms`));
  }, TIMEOUT_MS);
  try {
    return await Promise.race([check(stop.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
