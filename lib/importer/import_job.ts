import type { Db } from "@/lib/db/schema.ts";
import { rootProblem } from "@/lib/storage/availability.ts";
import { importItems } from "./items.ts";
import { Ledger } from "./ledger.ts";
import type { ImportCounts } from "./report.ts";
import { Scan } from "./scan.ts";
import type { ScanContext } from "./scan_context.ts";
import type { ImportPayload } from "./schema.ts";

export type ImportResult = ImportCounts & { duration_ms: number };

/**
 * Scans an import's folders one after the other. May be run again after a crash: what is done is then found unchanged,
 * and the report goes on where it was.
 */
export async function runImport(
  jobId: string,
  payload: ImportPayload,
  context: ScanContext,
  library: { noteScan(rootId: string, files: number): Promise<void> },
): Promise<ImportResult> {
  const startedAt = performance.now();
  const { db, checkpoint } = context;
  const ledger = new Ledger(jobId);
  // A dry run has done nothing that could be gone on with.
  if (payload.dry_run) await checkpoint(async (tx) => void await importItems(tx, jobId).clear());
  else await ledger.resume(db);
  for (const target of payload.targets) {
    context.signal.throwIfAborted();
    const scan = new Scan(
      {
        root: { id: target.root_id, path: target.path },
        under: target.under,
        ignore: payload.ignore,
        dryRun: payload.dry_run,
        forceResync: payload.force_resync,
        confirmMissing: payload.confirm_missing,
      },
      context,
      ledger,
    );
    const scannedBefore = ledger.counts.scanned;
    const problem = await rootProblem(target.path);
    if (problem) await noteAbsent(target.path, problem, ledger, context);
    else {
      await scan.run();
      if (!payload.dry_run && target.root_id && target.under === "") {
        const files = ledger.counts.scanned - scannedBefore;
        await library.noteScan(target.root_id, files);
      }
    }
  }
  ledger.settle();
  return { ...ledger.counts, duration_ms: Math.round(performance.now() - startedAt) };
}

async function noteAbsent(
  path: string,
  problem: string,
  ledger: Ledger,
  { checkpoint }: Pick<ScanContext, "checkpoint">,
): Promise<void> {
  const reason = `${problem}; its records stay as they are`;
  const count = await checkpoint((tx: Db) =>
    ledger.write(tx, [{ path, outcome: "failed", reason, nsfw_rank: 0 }])
  );
  count();
}
