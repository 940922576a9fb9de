import type { Db, RecipeItem } from "@/lib/db/schema.ts";
import { stemOf } from "@/lib/shared/prompt/mod.ts";
import { composableAdapters, type ComposableRow } from "./adapters_repository.ts";

/** An item as a recipe or a recipe file knows it. */
export type MatchableItem = Pick<RecipeItem, "adapter_id" | "name" | "stem" | "sha256">;

export interface Match<T extends MatchableItem> {
  item: T;
  row: ComposableRow | null;
  matched_by: "id" | "sha256" | "stem" | "name" | null;
}

/**
 * Finds the adapter each item means: by id, else by the file's hash, else by file stem, else by name. The last two count only
 * if exactly one adapter fits, because a wrong LoRA is worse than a missing one.
 */
export async function matchItems<T extends MatchableItem>(
  db: Db,
  items: readonly T[],
  nsfwMax: number,
): Promise<Match<T>[]> {
  const adapters = composableAdapters(db, nsfwMax);
  const byId = await adapters.byIds(items.flatMap(({ adapter_id }) => adapter_id ?? []));
  const lost = items.filter(({ adapter_id }) => !adapter_id || !byId.has(adapter_id));
  const hashes = lost.flatMap(({ sha256 }) => sha256 ?? []);
  const byHash = groupBy(await adapters.bySha256(hashes), (row) => row.hashes.sha256 ?? "");
  const byStem = groupBy(
    await adapters.byStems(lost.map(({ stem }) => stem)),
    (row) => stemOf(row.file_path),
  );
  const byName = groupBy(await adapters.byNames(lost.map(({ name }) => name)), ({ name }) => name);
  return items.map((item) => {
    const ways = [
      ["id", item.adapter_id ? byId.get(item.adapter_id) : undefined],
      // Equal bytes: any of them will do.
      ["sha256", item.sha256 ? byHash.get(item.sha256)?.[0] : undefined],
      ["stem", only(byStem.get(item.stem))],
      ["name", only(byName.get(item.name))],
    ] as const;
    const [matched_by, row] = ways.find(([, row]) => row) ?? [null, null];
    return { item, row: row ?? null, matched_by };
  });
}

const only = <T>(list: readonly T[] | undefined): T | undefined =>
  list?.length === 1 ? list[0] : undefined;

function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(list, key);
}
