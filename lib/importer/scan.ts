import { join } from "node:path";
import { getLogger } from "@logtape/logtape";
import type { Db, Hashes } from "@/lib/db/schema.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { type Applied, type Batch, planBatch, writeBatch } from "./apply.ts";
import type { CompareEnd, CompareStep } from "./compare_tree.ts";
import { Describer } from "./describer.ts";
import type { Change } from "./inventory.ts";
import type { Ledger } from "./ledger.ts";
import { judgeVanished } from "./missing.ts";
import { Pace } from "@/lib/jobs/pace.ts";
import { isFault, problemItems } from "./problems.ts";
import { type Duplicate, importedAdapters, knownFiles, type PlannedName } from "./repository.ts";
import type { ImportItem } from "./report.ts";
import type { ScanContext, ScanOptions } from "./scan_context.ts";
import { unlessAborted } from "./unless_aborted.ts";

const log = getLogger(["lm", "importer"]);

/** The id of no root: Postgres wants a UUID to compare with. */
const NO_ROOT = "00000000-0000-0000-0000-000000000000";

const MARKS_PER_TRANSACTION = 500;

type Worked = { items: ImportItem[] };

interface Totals {
  missing: number;
  duplicates: Duplicate[];
}

/** Brings the catalog up to date with a root, or says what that would change. */
export class Scan {
  readonly #options: ScanOptions;
  readonly #context: ScanContext;
  readonly #rootId: string;
  readonly #ledger: Ledger;
  /** Groups that scans of other roots have looked at for the same report. */
  readonly #scannedBefore: number;
  readonly #foreign: Map<string, string>;
  readonly #describer = new Describer();
  readonly #pace = new Pace();
  readonly #lost: Extract<Change, { kind: "lost" }>[] = [];
  readonly #planned: PlannedName[] = [];
  #unchangedAfterAll = 0;
  #hasWritten = false;

  /** @param ledger Counts and lists what happens; several scans may share it. */
  constructor(options: ScanOptions, context: ScanContext, ledger: Ledger) {
    this.#options = options;
    this.#context = context;
    this.#rootId = options.root.id ?? NO_ROOT;
    this.#ledger = ledger;
    this.#scannedBefore = ledger.counts.scanned;
    const foreign = context.foreign.get(options.root.path) ?? new Map();
    context.foreign.set(options.root.path, this.#foreign = foreign);
  }

  /** @throws {Error} If the root cannot be walked at all, or the context's signal aborts. */
  async run(): Promise<void> {
    const { root, under, ignore, forceResync } = this.#options;
    using _describer = this.#describer;
    const known = await knownFiles(this.#context.db, this.#rootId, under);
    const steps = this.#context.walker.run({
      root: root.path,
      under,
      ignore,
      known,
      foreign: forceResync ? new Map() : this.#foreign,
      forceResync,
    });
    // Asked while the Worker walks; if the scan then changes nothing, the answer still holds.
    const totals = this.#readTotals();
    totals.catch(() => {});
    await this.#finish(await this.#takeSteps(steps), totals);
  }

  /** Describes ahead in Workers while earlier batches are written; batches are written in the order found. */
  async #takeSteps(steps: AsyncGenerator<CompareStep, CompareEnd>): Promise<CompareEnd> {
    const described: Promise<Batch>[] = [];
    for (;;) {
      const next = await unlessAborted(steps.next(), this.#context.signal);
      if (next.done) {
        for (const batch of described) await this.#write(await batch);
        return next.value;
      }
      const { changes, problems, scanned, expected } = next.value;
      await this.#writeItems(problems.map((problem) => ({ ...problem, nsfw_rank: 0 })));
      if (changes.length) {
        const batch = this.#describe(changes);
        // Awaited in turn; a failure until then must not end the process.
        batch.catch(() => {});
        described.push(batch);
      }
      if (described.length > this.#describer.parallel) await this.#write(await described.shift()!);
      this.#report("scanning", scanned, expected);
    }
  }

  async #describe(changes: Change[]): Promise<Batch> {
    const batch: Batch["changes"] = [];
    const read: Exclude<Change, { kind: "lost" | "back" }>[] = [];
    for (const change of changes) {
      // Whether a lost model is to be marked is decided when all that vanished is known.
      if (change.kind === "lost") this.#lost.push(change);
      else batch.push(change);
      if (change.kind !== "lost" && change.kind !== "back") read.push(change);
    }
    const hashes = await this.#knownHashes(read);
    const items = read.map((change) => ({
      group: change.group,
      isNew: change.kind === "new",
      hashes: change.kind === "new" ? null : hashes.get(change.id) ?? null,
    }));
    const root = this.#options.root.path;
    const answers = items.length
      ? await this.#describer.describe({ root, rootId: this.#rootId, items })
      : [];
    const described = new Map(answers.map((answer) => [answer.path, answer]));
    for (const { group } of read) {
      const isForeign = described.get(group.path)?.isAdapter === false;
      // One that could not be read may be a sidecar tomorrow.
      if (isForeign && !described.get(group.path)!.problems.some(isFault)) {
        this.#foreign.set(group.path, group.fingerprint);
      }
    }
    return { rootId: this.#rootId, changes: batch, described };
  }

  async #knownHashes(changes: Change[]): Promise<Map<string, Hashes>> {
    const ids = changes.flatMap((change) => change.kind === "new" ? [] : [change.id]);
    if (ids.length === 0) return new Map();
    const rows = await importedAdapters(this.#context.db).hashes(ids);
    return new Map(rows.map((row) => [row.id, row.hashes]));
  }

  async #write(batch: Batch): Promise<void> {
    this.#context.signal.throwIfAborted();
    if (!this.#options.dryRun) return await this.#merge(batch);
    const planned = await planBatch(this.#context.db, batch);
    this.#unchangedAfterAll += planned.unchanged;
    this.#planned.push(...planned.created);
    await this.#writeItems([...planned.items, ...problemItems(batch)]);
  }

  async #merge(batch: Batch): Promise<void> {
    let applied: Applied & Worked;
    try {
      applied = await this.#commit(async (tx) => {
        const applied = await writeBatch(tx, batch);
        return { ...applied, items: [...applied.items, ...problemItems(batch)] };
      });
    } catch (error) {
      if (!isDataError(error)) throw error;
      return await this.#mergeOneByOne(batch, error);
    }
    this.#context.onCommit();
    this.#unchangedAfterAll += applied.unchanged;
    const idOf = new Map(applied.overtaken.map(({ path, id }) => [path, id]));
    const again = batch.changes.flatMap(({ group }): Batch["changes"] => {
      const id = idOf.get(group.path);
      return id ? [{ kind: "changed", group, id }] : [];
    });
    if (again.length) await this.#merge(await this.#describe(again));
  }

  /** A record that the database refuses must not take its neighbours with it. */
  async #mergeOneByOne(batch: Batch, cause: Error): Promise<void> {
    if (batch.changes.length > 1) {
      for (const change of batch.changes) await this.#merge({ ...batch, changes: [change] });
      return;
    }
    const { path } = batch.changes[0]!.group;
    log.error("Cannot store {path}: {error}", { path, error: cause });
    const reason = `The database refused the record: ${cause.message}; nothing was recorded`;
    await this.#writeItems([{ path, outcome: "failed", reason, nsfw_rank: 0 }]);
  }

  async #finish(end: CompareEnd, totalsBefore: Promise<Totals>): Promise<void> {
    const { counts } = this.#ledger;
    const marked = await this.#markVanished(end);
    const { missing, duplicates } = this.#hasWritten
      ? await this.#readTotals()
      : await totalsBefore;
    counts.scanned = this.#scannedBefore + end.scanned;
    counts.orphans += end.orphans;
    counts.unchanged += end.unchanged + this.#unchangedAfterAll;
    counts.missing += missing + (this.#options.dryRun ? marked : 0);
    await this.#listDuplicates(duplicates);
    this.#report("finished", end.scanned, end.scanned);
  }

  async #readTotals(): Promise<Totals> {
    const rows = importedAdapters(this.#context.db);
    return {
      missing: await rows.countMissing(this.#rootId, this.#options.under),
      duplicates: await rows.duplicates(this.#rootId, this.#planned),
    };
  }

  async #markVanished(end: CompareEnd): Promise<number> {
    const judgement = judgeVanished({
      files: end.vanished,
      lost: this.#lost,
      presentBefore: end.presentBefore,
      isEmpty: end.scanned === 0,
      confirmed: this.#options.confirmMissing,
    });
    if ("paused" in judgement) {
      await this.#writeItems([judgement.paused]);
      return 0;
    }
    const { marks } = judgement;
    for (let at = 0; at < marks.length; at += MARKS_PER_TRANSACTION) {
      const some = marks.slice(at, at + MARKS_PER_TRANSACTION);
      await this.#commit(async (tx) => {
        if (!this.#options.dryRun) await importedAdapters(tx).setStatus(JSON.stringify(some));
        const items = some.map(({ path, reason, nsfw_rank }) => ({
          path,
          outcome: "missing" as const,
          reason,
          nsfw_rank,
        }));
        return { items };
      });
      this.#context.onCommit();
    }
    return marks.length;
  }

  /** All of them are counted; only those that this import made or changed are listed. */
  async #listDuplicates(
    duplicates: Duplicate[],
  ): Promise<void> {
    this.#ledger.counts.duplicates += duplicates.length;
    const fresh = duplicates.filter(({ path }) => this.#ledger.touched.has(this.#absolute(path)));
    await this.#writeItems(fresh.map(({ path, others, nsfw }) => ({
      path,
      outcome: "duplicate",
      reason: `Same name and version as ${others}; both are kept`,
      nsfw_rank: nsfwRank(nsfw),
    })));
  }

  async #writeItems(items: ImportItem[]): Promise<void> {
    if (items.length) await this.#commit(() => Promise.resolve({ items }));
  }

  /** Runs work and writes its report lines in one fenced transaction. */
  async #commit<T extends Worked>(work: (tx: Db) => Promise<T>): Promise<T> {
    this.#hasWritten = true;
    const { result, count } = await this.#context.checkpoint(async (tx) => {
      const result = await work(tx);
      const items = result.items.map((item) => ({ ...item, path: this.#absolute(item.path) }))
        .sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
      return { result, count: await this.#ledger.write(tx, items) };
    });
    count();
    return result;
  }

  /** Paths are relative to the root everywhere but in the report, which may be about several. */
  #absolute(path: string): string {
    return path ? join(this.#options.root.path, path) : this.#options.root.path;
  }

  #report(phase: string, scanned: number, total: number): void {
    const before = this.#scannedBefore;
    const { created, updated, failed } = this.#ledger.counts;
    const pace = this.#pace.at(scanned, total);
    this.#context.progress({
      phase,
      root: this.#options.root.path,
      scanned: before + scanned,
      total: before + Math.max(scanned, total),
      created,
      updated,
      failed,
      ...pace,
    });
  }
}

/** The database's own word that a value does not fit (SQLSTATE 22, 23, 54), not that it is down. */
function isDataError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^(22|23|54)/.test(String(error.code));
}
