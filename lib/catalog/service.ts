import { sql } from "kysely";
import type { z } from "zod";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Conflict, NotFound, PreconditionFailed } from "@/lib/errors.ts";
import { etagOf } from "@/lib/http/etag.ts";
import type { Library } from "@/lib/library/service.ts";
import { newId } from "@/lib/shared/id.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { orderActive } from "@/lib/shared/prompt/order.ts";
import { applyInBulk } from "./bulk.ts";
import { duplicateIds } from "./duplicates.ts";
import { columnsOf, editedBy, type GivenFields } from "./fields.ts";
import { CatalogIndex } from "./index/catalog_index.ts";
import { type DetectFormat, findModelFile } from "./model_file.ts";
import { adapters } from "./repository.ts";
import type {
  Adapter,
  AdapterCard,
  AdapterFilter,
  AdapterPage,
  AdapterQuery,
  BulkOutcome,
  BulkRequest,
  CreateAdapter,
  DuplicateGroup,
  Facets,
  Sort,
} from "./schema.ts";
import { queueVerification, type Repeatable, type VerificationJobs } from "./verification.ts";
import { toAdapter, toCard } from "./views.ts";

/** Rows an export holds in memory at a time. */
const EXPORTED_AT_ONCE = 200;

export interface CatalogDeps {
  db: Db;
  library: Pick<Library, "locate" | "open">;
  detectFormat: DetectFormat;
  jobs: VerificationJobs;
  /** Shared with `Collections`, so that both see and announce the same changes. */
  index: CatalogIndex;
}

/**
 * The adapters: reads are answered by the index and completed from the database, writes are transactions after which
 * the index is told. Whoever asks sees nothing above their content ceiling, neither in answers nor by their absence:
 * what is hidden is not found.
 */
export class CatalogService {
  readonly #db: Db;
  readonly #library: CatalogDeps["library"];
  readonly #detectFormat: DetectFormat;
  readonly #jobs: CatalogDeps["jobs"];
  readonly #index: CatalogIndex;
  /** The active set is on every page, and rarely changes. */
  #active: { revision: number; cards: AdapterCard[] } | undefined;

  constructor({ db, library, detectFormat, jobs, index }: CatalogDeps) {
    this.#db = db;
    this.#library = library;
    this.#detectFormat = detectFormat;
    this.#jobs = jobs;
    this.#index = index;
  }

  /** To be called after committing any write to adapters that did not go through this service. */
  changed(): void {
    this.#index.changed();
  }

  /** @throws {Invalid} If the cursor is none of this list's. */
  async list(query: AdapterQuery, viewer: Viewer): Promise<AdapterPage<Adapter>> {
    const { ids, ...page } = await this.#index.page(query, viewer.nsfwMax);
    return { items: await this.#full(ids, viewer), ...page, ...placeOf(query) };
  }

  /** As `list`, without anything long. */
  async cards(query: AdapterQuery, viewer: Viewer): Promise<AdapterPage<AdapterCard>> {
    const { ids, ...page } = await this.#index.page(query, viewer.nsfwMax);
    return { items: await this.byIds(ids, viewer), ...page, ...placeOf(query) };
  }

  facets(filter: AdapterFilter, viewer: Viewer): Promise<Facets> {
    return this.#index.facets(filterOf(filter), viewer.nsfwMax);
  }

  /** @throws {NotFound} */
  async get(id: string, viewer: Viewer): Promise<Adapter> {
    const [adapter] = await this.#full([id], viewer);
    if (!adapter) throw new NotFound("adapter", id);
    return adapter;
  }

  /** Cards in the order of `ids`; what is gone or hidden is left out. */
  async byIds(ids: readonly string[], viewer: Viewer): Promise<AdapterCard[]> {
    const rows = (await adapters(this.#db).cards(ids)).filter(visibleTo(viewer));
    return inOrder(ids, rows).map(toCard);
  }

  /** As `byIds`, with every column. */
  details(ids: readonly string[], viewer: Viewer): Promise<Adapter[]> {
    return this.#full(ids, viewer);
  }

  /** What prompts are composed from, in prompt order. */
  async activeSet(viewer: Viewer): Promise<AdapterCard[]> {
    const revision = await this.#index.revision();
    if (this.#active?.revision !== revision) {
      const rows = await adapters(this.#db).activeCards();
      this.#active = { revision, cards: orderActive(rows.map(toCard)) };
    }
    return this.#active.cards.filter(visibleTo(viewer));
  }

  /** Adapters that share their hash, their name and version, or their file's stem. */
  async duplicates(viewer: Viewer): Promise<DuplicateGroup[]> {
    const groups = [
      ...await duplicateIds(this.#db, viewer.nsfwMax),
      ...await this.#index.sharedStems(viewer.nsfwMax),
    ];
    const cards = await this.byIds([...new Set(groups.flatMap(({ ids }) => ids))], viewer);
    const byId = new Map(cards.map((card) => [card.id, card]));
    return groups.map(({ ids, ...group }) => ({
      ...group,
      items: ids.flatMap((id) => byId.get(id) ?? []),
    })).filter(({ items }) => items.length > 1);
  }

  /** Every adapter of a selection, read as it is consumed. */
  async *exportRows(
    filter: AdapterFilter & { sort?: Sort; order?: "asc" | "desc" },
    viewer: Viewer,
  ): AsyncGenerator<Adapter> {
    const ids = await this.#index.ids(filter, viewer.nsfwMax);
    for (let from = 0; from < ids.length; from += EXPORTED_AT_ONCE) {
      yield* await this.#full(ids.slice(from, from + EXPORTED_AT_ONCE), viewer);
    }
  }

  /** Identifies the state of an adapter, for `If-None-Match` and `If-Match`. */
  etag(adapter: Adapter): string {
    return etagOf(JSON.stringify(adapter));
  }

  /**
   * Registers a file. What the user gave is kept by later imports; the rest they fill in.
   *
   * @throws {Invalid} If the file is not a model inside a library root.
   * @throws {Conflict} If the file, or the name and version, is taken.
   */
  async create(input: z.infer<typeof CreateAdapter>, viewer: Viewer): Promise<Adapter> {
    const { file_path, ...given } = input;
    const file = await findModelFile(this.#library, this.#detectFormat, file_path);
    const id = newId();
    await this.#db.transaction().execute(async (tx) => {
      await lockNames(tx);
      if (await adapters(tx).atPath(file.root_id, file.file_path)) {
        throw new Conflict(`${file_path} is in the catalog already`, { code: "file_taken" });
      }
      await refuseNamesake(tx, given.name, given.version ?? "");
      await adapters(tx).insert({
        ...columnsOf(given) as { name: string },
        ...file,
        id,
        edited_fields: editedBy(given),
        hash_state: "pending",
      });
    });
    this.#index.changed();
    return await this.get(id, { ...viewer, nsfwMax: Infinity });
  }

  /**
   * Sets fields, which are the user's from then on.
   *
   * @param matches Whether a state, given as its tag, is one the caller knows; refused otherwise.
   * @throws {NotFound | PreconditionFailed}
   * @throws {Conflict} If the new name and version are another adapter's.
   */
  async update(
    id: string,
    given: GivenFields,
    viewer: Viewer,
    matches?: (etag: string) => boolean,
  ): Promise<Adapter> {
    await this.#db.transaction().execute(async (tx) => {
      if (given.name !== undefined || given.version !== undefined) await lockNames(tx);
      const row = await adapters(tx).lock(id);
      if (!row || !visibleTo(viewer)(row)) throw new NotFound("adapter", id);
      if (matches) {
        const [current] = await adapters(tx).full([id]);
        if (!matches(this.etag(toAdapter(current!)))) throw new PreconditionFailed();
      }
      const { name = row.name, version = row.version } = given;
      if (name !== row.name || version !== row.version) {
        await refuseNamesake(tx, name, version, id);
      }
      if (Object.keys(given).length === 0) return;
      await adapters(tx).update(id, {
        ...columnsOf(given),
        edited_fields: editedBy(given, row.edited_fields),
      });
    });
    this.#index.changed();
    return await this.get(id, { ...viewer, nsfwMax: Infinity });
  }

  /** Removes the record, never the file. @throws {NotFound} */
  async remove(id: string, viewer: Viewer): Promise<void> {
    await this.get(id, viewer);
    await adapters(this.#db).remove(id);
    this.#index.changed();
  }

  /** @param ordinal Its place in the active set; undefined keeps what it has. @throws {NotFound} */
  async activate(id: string, ordinal: number | null | undefined, viewer: Viewer): Promise<Adapter> {
    await this.get(id, viewer);
    await adapters(this.#db).activate([id], ordinal);
    this.#index.changed();
    return await this.get(id, viewer);
  }

  /** @throws {NotFound} */
  async deactivate(id: string, viewer: Viewer): Promise<Adapter> {
    await this.get(id, viewer);
    await adapters(this.#db).deactivate([id]);
    this.#index.changed();
    return await this.get(id, viewer);
  }

  /** Puts the active adapters among `ids` in that order, before all others. */
  async reorder(ids: readonly string[], viewer: Viewer): Promise<AdapterCard[]> {
    const visible = await this.byIds(ids, viewer);
    await adapters(this.#db).reorder(visible.map(({ id }) => id));
    this.#index.changed();
    return await this.activeSet(viewer);
  }

  /** One change to many adapters, in one transaction; those that cannot take it are told. */
  async bulk(request: BulkRequest, viewer: Viewer): Promise<BulkOutcome> {
    const outcome = await this.#db.transaction().execute((tx) =>
      applyInBulk(tx, request, viewer.nsfwMax)
    );
    this.#index.changed();
    return outcome;
  }

  /**
   * Queues the comparison of a file with its record, unless one waits or runs.
   *
   * @throws {NotFound}
   * @throws {Conflict} If the key came with another request.
   */
  async verify(
    id: string,
    viewer: Viewer,
    repeatable?: Repeatable,
  ): Promise<{ jobId: string }> {
    await this.get(id, viewer);
    return await queueVerification(this.#db, this.#jobs, id, repeatable);
  }

  async #full(ids: readonly string[], viewer: Viewer): Promise<Adapter[]> {
    const rows = (await adapters(this.#db).full(ids)).filter(visibleTo(viewer));
    return inOrder(ids, rows).map(toAdapter);
  }
}

/** The index may be a moment behind other processes, so what it offers is looked at again. */
const visibleTo = (viewer: Viewer) => (row: { nsfw_level: number }): boolean =>
  nsfwRank(row.nsfw_level) <= viewer.nsfwMax;

function inOrder<T extends { id: string }>(ids: readonly string[], rows: readonly T[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const placeOf = ({ limit, offset, cursor }: AdapterQuery) => ({
  limit,
  offset: cursor === undefined ? offset ?? 0 : null,
});

/** Only what filters, so that answers are remembered whatever page they were asked for. */
function filterOf(query: AdapterFilter & Partial<AdapterQuery>): AdapterFilter {
  const { sort: _s, order: _o, limit: _l, offset: _f, cursor: _c, ...filter } = query;
  return filter;
}

/** Names may repeat in the table, because files do; only one at a time may check that its own is new. */
const lockNames = (tx: Db) =>
  sql`select pg_advisory_xact_lock(hashtext('adapter name and version'))`.execute(tx);

async function refuseNamesake(tx: Db, name: string, version: string, except?: string) {
  if (!await adapters(tx).namesake(name, version, except)) return;
  throw new Conflict(`There is an adapter "${name}" ${version || "without version"} already`, {
    code: "name_taken",
  });
}
