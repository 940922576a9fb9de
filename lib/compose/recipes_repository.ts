import { type Selectable, sql } from "kysely";
import type { Db, RecipeItem, RecipeTable } from "@/lib/db/schema.ts";

export type Recipe = Selectable<RecipeTable>;
export type RecipeValues = Omit<Recipe, "id" | "created_at" | "updated_at">;

const COLUMNS = [
  "id",
  "name",
  "description",
  "prefix",
  "suffix",
  "triggers",
  "items",
  "created_at",
  "updated_at",
] as const;

export const recipes = (db: Db) => ({
  list: (): Promise<Recipe[]> =>
    db.selectFrom("recipe").select(COLUMNS).orderBy(sql`lower(name)`).orderBy("id").execute(),

  get: (id: string): Promise<Recipe | undefined> =>
    db.selectFrom("recipe").select(COLUMNS).where("id", "=", id).executeTakeFirst(),

  /** @returns Undefined if the name is taken. */
  insert: (id: string, values: RecipeValues): Promise<Recipe | undefined> =>
    db.insertInto("recipe").values({ id, ...stored(values) })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning(COLUMNS).executeTakeFirst(),

  nameTaken: async (name: string, exceptId?: string): Promise<boolean> =>
    await db.selectFrom("recipe").select("id").where("name", "=", name)
      .$if(exceptId !== undefined, (query) => query.where("id", "!=", exceptId!))
      .executeTakeFirst() !== undefined,

  update: (id: string, values: Partial<RecipeValues>): Promise<Recipe | undefined> =>
    db.updateTable("recipe").set({ ...stored(values), updated_at: sql`now()` })
      .where("id", "=", id).returning(COLUMNS).executeTakeFirst(),

  remove: async (id: string): Promise<boolean> =>
    (await db.deleteFrom("recipe").where("id", "=", id).executeTakeFirst()).numDeletedRows > 0n,
});

function stored<T extends { items?: RecipeItem[] }>({ items, ...rest }: T) {
  return items ? { ...rest, items: JSON.stringify(items) } : rest;
}
