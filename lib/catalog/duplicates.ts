import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";

export interface DuplicateIds {
  reason: "sha256" | "name_version";
  value: string;
  ids: string[];
}

/** Groups found by hash and by name and version, each kind in order of what is shared. */
export async function duplicateIds(db: Db, nsfwMax: number): Promise<DuplicateIds[]> {
  // A mask's highest bit counts, so what is below the next power of two is visible.
  const visible = sql<boolean>`nsfw_level < ${Math.max(1, nsfwRank(nsfwMax) * 2)}`;
  const ids = sql<string>`json_agg(id order by id)::text`.as("ids");
  const hash = sql<string>`hashes ->> 'sha256'`;
  const byHash = await db.selectFrom("adapter").select([hash.as("value"), ids])
    .where(visible).where(hash, "is not", null)
    .groupBy(hash).having(({ fn }) => fn.countAll(), ">", 1).orderBy("value").execute();
  const byName = await db.selectFrom("adapter").select(["name", "version", ids])
    .where(visible)
    .groupBy(["name", "version"]).having(({ fn }) => fn.countAll(), ">", 1)
    .orderBy("name").orderBy("version").execute();
  return [
    ...byHash.map((group) => ({
      reason: "sha256" as const,
      value: group.value,
      ids: JSON.parse(group.ids),
    })),
    ...byName.map((group) => ({
      reason: "name_version" as const,
      value: `${group.name} ${group.version}`.trim(),
      ids: JSON.parse(group.ids),
    })),
  ];
}
