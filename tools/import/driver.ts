import { resolve } from "node:path";
import type { Config } from "@/lib/config.ts";
import { Conflict, NotFound } from "@/lib/errors.ts";
import type { ImportStatus } from "@/lib/importer/report.ts";
import type { StartImport } from "@/lib/importer/schema.ts";
import { isInside } from "@/lib/storage/containment.ts";
import { openServices, type Services } from "@/services.ts";
import { ServerApi } from "../server_api.ts";

/** Lines of a report fetched at a time. */
const PAGE = 10_000;

/** What the command needs of whoever holds the database: this process, or a server that runs. */
export interface ImportDriver extends AsyncDisposable {
  /** The address of the server that does the work; null if this process does. */
  readonly server: string | null;
  /** @returns How many folders are registered. */
  countRoots(): Promise<number>;
  /** Whether `path` lies in a registered folder. */
  covers(path: string): Promise<boolean>;
  addRoot(path: string): Promise<void>;
  start(request: StartImport): Promise<string>;
  /** A dry run over a folder that is not registered; null if only a registered one can be looked at. */
  plan: ((path: string, ignore: string[]) => Promise<string>) | null;
  /** Without lines. */
  status(jobId: string): Promise<ImportStatus>;
  /** With all lines. */
  report(jobId: string): Promise<ImportStatus>;
  cancel(jobId: string): Promise<void>;
}

/**
 * @param key For a server that runs.
 * @throws {Error} If neither a server answers nor the database can be opened.
 */
export async function openDriver(config: Config, key: string | undefined): Promise<ImportDriver> {
  const server = await ServerApi.find(config, key);
  if (server) return new ServerDriver(server);
  const services = await openServices(config);
  await services.startWorkers();
  return new EmbeddedDriver(services);
}

/** Collects a report's pages into one. */
async function allPages(
  read: (limit: number, offset: number) => Promise<ImportStatus>,
): Promise<ImportStatus> {
  const status = await read(PAGE, 0);
  const { items } = status.report;
  while (items.length < status.items_total) {
    const { report } = await read(PAGE, items.length);
    if (report.items.length === 0) break;
    items.push(...report.items);
  }
  return status;
}

class ServerDriver implements ImportDriver {
  readonly #api: ServerApi;
  readonly plan = null;

  constructor(api: ServerApi) {
    this.#api = api;
  }

  get server(): string {
    return this.#api.address;
  }

  async countRoots(): Promise<number> {
    return (await this.#roots()).length;
  }

  async covers(path: string): Promise<boolean> {
    const real = await Deno.realPath(path).catch(() => resolve(path));
    return (await this.#roots()).some((root) => isInside(root.path, real));
  }

  async addRoot(path: string): Promise<void> {
    await this.#api.request("POST", "/api/v1/library-roots", { path });
  }

  async start(request: StartImport): Promise<string> {
    return (await this.#api.request<{ job_id: string }>("POST", "/api/v1/imports", request)).job_id;
  }

  status(jobId: string): Promise<ImportStatus> {
    return this.#read(jobId, 0, 0);
  }

  report(jobId: string): Promise<ImportStatus> {
    return allPages((limit, offset) => this.#read(jobId, limit, offset));
  }

  async cancel(jobId: string): Promise<void> {
    await this.#api.request("POST", `/api/v1/imports/${jobId}/cancel`);
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #read(jobId: string, limit: number, offset: number): Promise<ImportStatus> {
    return this.#api.request("GET", `/api/v1/imports/${jobId}?limit=${limit}&offset=${offset}`);
  }

  async #roots(): Promise<{ path: string }[]> {
    const path = "/api/v1/library-roots";
    return (await this.#api.request<{ items: { path: string }[] }>("GET", path)).items;
  }
}

/** Whoever can open the database may see all of it. */
const OWNER = { nsfwMax: 63 };

class EmbeddedDriver implements ImportDriver {
  readonly server = null;
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  async countRoots(): Promise<number> {
    return (await this.#services.library.roots()).length;
  }

  covers(path: string): Promise<boolean> {
    return this.#services.library.covers(resolve(path));
  }

  async addRoot(path: string): Promise<void> {
    await this.#services.library.addRoot(resolve(path));
  }

  async start(request: StartImport): Promise<string> {
    return (await this.#services.importer.start(request)).jobId;
  }

  plan = async (path: string, ignore: string[]): Promise<string> => {
    const real = await Deno.realPath(path);
    return (await this.#services.importer.plan(real, ignore)).jobId;
  };

  status(jobId: string): Promise<ImportStatus> {
    return this.#services.importer.report(jobId, { limit: 0, offset: 0 }, OWNER);
  }

  report(jobId: string): Promise<ImportStatus> {
    return allPages((limit, offset) =>
      this.#services.importer.report(jobId, { limit, offset }, OWNER)
    );
  }

  async cancel(jobId: string): Promise<void> {
    await this.#services.importer.cancel(jobId).catch((error) => {
      // It ended by itself in the meantime.
      if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#services.close();
  }
}
