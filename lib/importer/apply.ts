import type { Db } from "@/lib/db/schema.ts";
import type { Described } from "./describe_group.ts";
import type { AdapterFacts } from "./facts.ts";
import type { Change } from "./inventory.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { mergeRow } from "./merge_row.ts";
import { importedAdapters, type PlannedName } from "./repository.ts";
import type { ImportItem } from "./report.ts";
import type { ExistingAdapter, FileRow } from "./row.ts";

export interface Batch {
  rootId: string;
  changes: Exclude<Change, { kind: "lost" }>[];
  /** By path; for the changes that needed reading. */
  described: Map<string, Described>;
}

export interface Applied {
  items: ImportItem[];
  /** Looked changed and says what the record says already. */
  unchanged: number;
  /** Paths where a record appeared in the meantime: to be described once more, as known ones. */
  overtaken: { path: string; id: string }[];
}

/** Whether a lost model is to be marked missing is decided later, when all that vanished is known. */
type Existing = Exclude<Change, { kind: "new" | "lost" }>;

/** Merges a batch into the catalog, in the transaction of `tx`. */
export async function writeBatch(tx: Db, batch: Batch): Promise<Applied> {
  const applied = noneApplied();
  await insertNew(tx, batch, applied);
  const known = batch.changes.filter((change): change is Existing => change.kind !== "new");
  if (known.length === 0) return applied;
  const records = byId(await importedAdapters(tx).lock(known.map((change) => change.id)));
  const taken = await takenPaths(tx, batch.rootId, known);
  const rows: unknown[] = [];
  const statuses: unknown[] = [];
  for (const change of known) {
    // Deleted by a user since the scan began: it stays deleted until the next one finds the file again.
    const existing = records.get(change.id);
    if (!existing) continue;
    if (change.kind === "back") {
      const { id, group: { fingerprint } } = change;
      statuses.push({ id, file_status: "present", fingerprint });
      applied.items.push(backItem(change));
    } else if (change.kind === "moved" && taken.has(change.group.path)) {
      applied.items.push(takenItem(change, existing));
    } else {
      const merged = mergeOne(change, existing, batch.described, applied);
      if (merged) rows.push(merged);
    }
  }
  if (rows.length) await importedAdapters(tx).update(JSON.stringify(rows));
  if (statuses.length) await importedAdapters(tx).setStatus(JSON.stringify(statuses));
  return applied;
}

export interface Planned extends Applied {
  created: PlannedName[];
}

/** Says what `writeBatch` would do, and writes nothing. */
export async function planBatch(db: Db, batch: Batch): Promise<Planned> {
  const applied: Planned = { ...noneApplied(), created: [] };
  for (const change of batch.changes) {
    const described = batch.described.get(change.group.path);
    if (change.kind !== "new" || !described?.isAdapter) continue;
    const { path, name, version, nsfw } = described;
    applied.items.push(createdItem(path, described));
    applied.created.push({ path, name, version, nsfw });
  }
  const known = batch.changes.filter((change): change is Existing => change.kind !== "new");
  if (known.length === 0) return applied;
  const records = byId(await importedAdapters(db).find(known.map((change) => change.id)));
  for (const change of known) {
    const existing = records.get(change.id);
    if (!existing) continue;
    if (change.kind === "back") applied.items.push(backItem(change));
    else mergeOne(change, existing, batch.described, applied);
  }
  return applied;
}

const noneApplied = (): Applied => ({ items: [], unchanged: 0, overtaken: [] });

const byId = (records: ExistingAdapter[]) => new Map(records.map((record) => [record.id, record]));

async function insertNew(tx: Db, batch: Batch, applied: Applied): Promise<void> {
  const fresh: Described[] = [];
  for (const change of batch.changes) {
    const described = change.kind === "new" && batch.described.get(change.group.path);
    if (described && described.isAdapter && described.row) fresh.push(described);
  }
  if (fresh.length === 0) return;
  const rows = importedAdapters(tx);
  const inserted = await rows.insert(`[${fresh.map(({ row }) => row).join(",")}]`);
  const refused: string[] = [];
  for (const described of fresh) {
    if (inserted.has(described.path)) applied.items.push(createdItem(described.path, described));
    else refused.push(described.path);
  }
  if (refused.length === 0) return;
  for (const { id, file_path: path } of await rows.idsAt(batch.rootId, refused)) {
    applied.overtaken.push({ id, path });
  }
}

function mergeOne(
  change: Existing,
  existing: ExistingAdapter,
  described: Batch["described"],
  applied: Applied,
): Record<string, unknown> | null {
  const told = described.get(change.group.path);
  if (!told?.update) return null;
  const file = JSON.parse(told.update.file) as FileRow;
  const facts = JSON.parse(told.update.facts) as AdapterFacts;
  const { row, differences } = mergeRow(existing, file, facts, change.group);
  if (differences.length === 0) applied.unchanged++;
  else {
    applied.items.push({
      path: change.group.path,
      outcome: change.kind === "moved" ? "moved" : "updated",
      reason: differences.join("; ").slice(0, 2000),
      nsfw_rank: Math.max(nsfwRank(existing.nsfw_level), nsfwRank(Number(row.nsfw_level))),
    });
  }
  return { ...row, is_visible: differences.length > 0 };
}

async function takenPaths(tx: Db, rootId: string, known: Existing[]): Promise<Set<string>> {
  const targets = known.filter((change) => change.kind === "moved").map(({ group }) => group.path);
  if (targets.length === 0) return new Set();
  const rows = await importedAdapters(tx).idsAt(rootId, targets);
  return new Set(rows.map((row) => row.file_path));
}

function createdItem(path: string, described: Described): ImportItem {
  const name = described.name ? `as ${JSON.stringify(described.name)}` : null;
  return { path, outcome: "created", reason: name, nsfw_rank: nsfwRank(described.nsfw) };
}

const backItem = ({ group, nsfw }: Extract<Change, { kind: "back" }>): ImportItem => ({
  path: group.path,
  outcome: "updated",
  reason: "file_status: missing → present",
  nsfw_rank: nsfwRank(nsfw),
});

const takenItem = ({ group }: Existing, { nsfw_level }: ExistingAdapter): ImportItem => ({
  path: group.path,
  outcome: "failed",
  reason: "The file moved to a path that another record holds; both records are kept",
  nsfw_rank: nsfwRank(nsfw_level),
});
