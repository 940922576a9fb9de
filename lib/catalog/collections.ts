import type { Selectable } from "kysely";
import type { z } from "zod";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { CollectionTable, Db } from "@/lib/db/schema.ts";
import { Conflict, NotFound } from "@/lib/errors.ts";
import { newId } from "@/lib/shared/id.ts";
import { storable } from "@/lib/text/storable.ts";
import { collections } from "./collections_repository.ts";
import type { CatalogIndex } from "./index/catalog_index.ts";
import type { Collection, CollectionFields } from "./collections_schema.ts";

/** Named sets of adapters; members come and go through the catalog's bulk actions. */
export class Collections {
  readonly #db: Db;
  readonly #index: CatalogIndex;

  constructor({ db, index }: { db: Db; index: CatalogIndex }) {
    this.#db = db;
    this.#index = index;
  }

  async list(viewer: Viewer): Promise<Collection[]> {
    const rows = await collections(this.#db).list();
    if (rows.length === 0) return [];
    const counts = await this.#index.collectionCounts(viewer.nsfwMax);
    return rows.map((row) => view(row, counts));
  }

  /** @throws {NotFound} */
  async get(id: string, viewer: Viewer): Promise<Collection> {
    const row = await collections(this.#db).find(id);
    if (!row) throw new NotFound("collection", id);
    return view(row, await this.#index.collectionCounts(viewer.nsfwMax));
  }

  /** @throws {Conflict} If the name is taken. */
  async create(fields: { name: string; description?: string }): Promise<Collection> {
    const row = await collections(this.#db).insert({
      id: newId(),
      name: storable(fields.name),
      description: storable(fields.description ?? ""),
    });
    if (!row) throw taken(fields.name);
    return view(row, new Map());
  }

  /** @throws {NotFound} @throws {Conflict} If the new name is taken. */
  async update(
    id: string,
    fields: Partial<z.infer<typeof CollectionFields>>,
    viewer: Viewer,
  ): Promise<Collection> {
    const row = await this.#db.transaction().execute(async (tx) => {
      if (fields.name !== undefined && await collections(tx).namesake(fields.name, id)) {
        throw taken(fields.name);
      }
      return await collections(tx).update(id, {
        ...(fields.name === undefined ? {} : { name: storable(fields.name) }),
        ...(fields.description === undefined ? {} : { description: storable(fields.description) }),
      });
    });
    if (!row) throw new NotFound("collection", id);
    return view(row, await this.#index.collectionCounts(viewer.nsfwMax));
  }

  /** The adapters stay. @throws {NotFound} */
  async remove(id: string): Promise<void> {
    if (!await collections(this.#db).remove(id)) throw new NotFound("collection", id);
    this.#index.changed();
  }
}

const view = (row: Selectable<CollectionTable>, counts: Map<string, number>): Collection => ({
  ...row,
  adapters: counts.get(row.id) ?? 0,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

const taken = (name: string) =>
  new Conflict(`There is a collection "${name}" already`, { code: "name_taken" });
