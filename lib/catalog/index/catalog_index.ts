import type { AdapterFilter, Facets, Sort } from "@/lib/catalog/schema.ts";
import type { Db } from "@/lib/db/schema.ts";
import { facetsOf } from "./facets.ts";
import { pruneChanges, readChanges, readWatermark } from "./feed.ts";
import { type FilterParts, filterParts, selectionOf, visibleTo } from "./filter.ts";
import { type IndexPage, pageOf, type PageRequest } from "./page.ts";
import { search } from "./search.ts";
import { Snapshot } from "./snapshot.ts";
import type { Direction } from "./sort.ts";
import { type SharedStem, sharedStems } from "./stems.ts";

/** After a write nobody reads after, the index still catches up, so that a later reader need not wait for much. */
const CATCH_UP_AFTER_MS = 200;
const PRUNE_EVERY_MS = 10 * 60_000;
const FACETS_REMEMBERED = 64;

/**
 * Answers what the catalog is asked most from memory: which adapters pass a filter, in what order, how many, and what
 * else they have in common. The rows themselves stay in the database.
 *
 * Every process that serves reads has one. It is loaded from a narrow projection and kept current from
 * `catalog_change`: a read sees everything this process committed before it, and what other processes committed at
 * least `pollMs` ago.
 */
export class CatalogIndex {
  readonly #db: Db;
  readonly #pollMs: number;
  readonly #closing = new AbortController();
  #snapshot: Snapshot | undefined;
  #loading: Promise<void> | undefined;
  /** Undefined before the catalog was read, and after the text could not be. */
  #textLoading: Promise<void> | undefined;
  #watermark = 0;
  #isDirty = false;
  #readAt = 0;
  #prunedAt = 0;
  #catchingUp: Promise<void> | undefined;
  #alone: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #revision = 0;
  #facets = new Map<string, Facets>();

  /** @param options.pollMs How stale other processes' writes may be; Infinity if there are no other processes. */
  constructor({ db, pollMs }: { db: Db; pollMs: number }) {
    this.#db = db;
    this.#pollMs = pollMs;
  }

  /** Reads the catalog. Reads wait for it by themselves; calling it at the start lets the first one wait less. */
  load(): Promise<void> {
    return this.#loading ??= this.#load().catch((error) => {
      this.#loading = undefined;
      throw error;
    });
  }

  /** To be called after every committed write to adapters or to their collections. */
  changed(): void {
    this.#isDirty = true;
    if (!this.#snapshot || this.#closing.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // A failure here is met again, and reported, by the next read.
      this.#current().catch(() => {});
    }, CATCH_UP_AFTER_MS);
  }

  /** One page of the filtered catalog. @throws {Invalid} If the cursor is none of this list's. */
  async page(
    query: AdapterFilter & PageRequest,
    nsfwMax: number,
  ): Promise<IndexPage> {
    const snapshot = await this.#ready(query);
    const { parts, scores } = select(snapshot, query, nsfwMax);
    return pageOf(snapshot.table, snapshot.orders, selectionOf(parts), scores, query);
  }

  /** Every id of the filtered catalog, in order. */
  async ids(
    filter: AdapterFilter & { sort?: Sort; order?: Direction },
    nsfwMax: number,
  ): Promise<string[]> {
    const { ids } = await this.page({ ...filter, limit: Number.MAX_SAFE_INTEGER - 1 }, nsfwMax);
    return ids;
  }

  async facets(filter: AdapterFilter, nsfwMax: number): Promise<Facets> {
    const snapshot = await this.#ready(filter);
    const key = JSON.stringify([nsfwMax, filter]);
    const known = this.#facets.get(key);
    if (known) return known;
    const { parts } = select(snapshot, filter, nsfwMax);
    const facets = facetsOf(snapshot.table, parts, nsfwMax);
    if (this.#facets.size >= FACETS_REMEMBERED) this.#facets.clear();
    this.#facets.set(key, facets);
    return facets;
  }

  /** How many visible adapters each collection has, by its id. */
  async collectionCounts(nsfwMax: number): Promise<Map<string, number>> {
    const { table } = await this.#current();
    const { dictionary } = table.collections;
    const counts = table.collections.counts(visibleTo(table, nsfwMax).slots());
    return new Map(dictionary.values.map((id, code) => [id, counts[code]!]));
  }

  /** Visible adapters whose files have the same stem, which a prompt cannot tell apart. */
  async sharedStems(nsfwMax: number): Promise<SharedStem[]> {
    const { table } = await this.#current();
    return sharedStems(table, visibleTo(table, nsfwMax));
  }

  /** Grows with every change this index has seen: equal numbers mean equal answers. */
  async revision(): Promise<number> {
    await this.#current();
    return this.#revision;
  }

  /** Resolves when searches no longer wait for descriptions to be read. */
  async searchable(): Promise<void> {
    await this.load();
    if (!this.#snapshot!.hasText) await (this.#textLoading ?? this.#loadText(this.#snapshot!));
  }

  /** Stops background work and waits for its end. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing.abort();
    await Promise.allSettled([this.#loading, this.#textLoading, this.#catchingUp, this.#alone]);
  }

  async #load(): Promise<void> {
    const { signal } = this.#closing;
    // Taken first: what changes while rows are read is applied afterwards.
    const watermark = await readWatermark(this.#db);
    const snapshot = await Snapshot.load(this.#db, signal);
    this.#watermark = watermark;
    this.#isDirty = true;
    this.#snapshot = snapshot;
    this.#forget();
    this.#loadText(snapshot);
  }

  /** Searches await it and see its failure; the next one begins anew. */
  #loadText(snapshot: Snapshot): Promise<void> {
    const { signal } = this.#closing;
    const loading = snapshot.loadText(this.#db, signal, (step) => this.#exclusively(step));
    this.#textLoading = loading;
    loading.catch(() => {
      if (this.#textLoading === loading) this.#textLoading = undefined;
    });
    return loading;
  }

  /** The snapshot with everything committed before the call. */
  async #current(): Promise<Snapshot> {
    await this.load();
    let isDue = performance.now() - this.#readAt > this.#pollMs;
    while (this.#catchingUp || this.#isDirty || isDue) {
      isDue = false;
      this.#catchingUp ??= this.#exclusively(() => this.#catchUp())
        .finally(() => this.#catchingUp = undefined);
      await this.#catchingUp;
    }
    return this.#snapshot!;
  }

  async #ready(filter: AdapterFilter): Promise<Snapshot> {
    let snapshot = await this.#current();
    while (filter.q !== undefined && !snapshot.hasText) {
      await (this.#textLoading ?? this.#loadText(snapshot));
      snapshot = await this.#current();
    }
    return snapshot;
  }

  async #catchUp(): Promise<void> {
    this.#isDirty = false;
    this.#readAt = performance.now();
    try {
      const { watermark, ids, missed } = await readChanges(this.#db, this.#watermark);
      if (missed) return await this.#load();
      if (ids.length > 0) {
        await this.#snapshot!.apply(this.#db, ids);
        this.#forget();
      }
      this.#watermark = watermark;
      if (this.#readAt - this.#prunedAt > PRUNE_EVERY_MS) {
        this.#prunedAt = this.#readAt;
        await pruneChanges(this.#db);
      }
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }

  #forget(): void {
    this.#revision++;
    this.#facets.clear();
  }

  /** One step at a time: what is read later must not be overwritten by what was read earlier. */
  #exclusively<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#alone.then(step, step);
    this.#alone = turn.catch(() => {});
    return turn;
  }
}

/** The rows a filter leaves, and for a search how well each fits. */
function select(
  { table, text }: Snapshot,
  filter: AdapterFilter,
  nsfwMax: number,
): { parts: FilterParts; scores: Float32Array | null } {
  const parts = filterParts(table, filter, nsfwMax);
  if (filter.q === undefined || filter.q === "") return { parts, scores: null };
  text.refresh();
  const { found, scores } = search(text, table, filter.q, parts.always);
  return { parts: { ...parts, always: found }, scores };
}
