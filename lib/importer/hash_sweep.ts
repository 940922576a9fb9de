import { getLogger } from "@logtape/logtape";
import type { Db } from "@/lib/db/schema.ts";
import { rootProblem } from "@/lib/storage/availability.ts";
import type { FileHashes } from "./hash_file.ts";
import { fileHashes, type PendingHash } from "./hash_repository.ts";
import { Hasher } from "./hasher.ts";
import { Pace } from "@/lib/jobs/pace.ts";
import type { JobSite } from "./scan_context.ts";

const log = getLogger(["lm", "importer"]);

const PAGE = 200;

export interface HashResult {
  hashed: number;
  failed: number;
  /** Gone or changed since they were scanned; the next scan knows more. */
  skipped: number;
  /** Records that took their files back after a rename. */
  reunited: number;
  /** Adapters whose sidecars are to be read again, now that the file's hash is known. */
  to_reread: number;
  bytes: number;
  /** Why it ended early, else null. */
  stopped: string | null;
}

/** Hashes a root's new and changed files one after the other; each is committed by itself, so a restart goes on where it was. */
export async function hashSweep(
  root: { id: string; path: string },
  context: JobSite,
): Promise<HashResult> {
  const { db, signal, progress } = context;
  const result: HashResult = {
    hashed: 0,
    failed: 0,
    skipped: 0,
    reunited: 0,
    to_reread: 0,
    bytes: 0,
    stopped: null,
  };
  const total = await fileHashes(db).left(root.id);
  if (total.files === 0) return result;
  using hasher = new Hasher();
  const pace = new Pace();
  let files = 0;
  // No path: whoever watches jobs may not be allowed to see every adapter.
  const report = (bytesOfFile: number) => {
    const bytes = result.bytes + bytesOfFile;
    const { rate_per_s, eta_s } = pace.at(bytes, total.bytes);
    progress({
      phase: "hashing",
      files,
      total_files: total.files,
      bytes,
      total_bytes: total.bytes,
      bytes_per_s: rate_per_s,
      eta_s,
    });
  };
  for (let after: string | null = null;;) {
    const page = await fileHashes(db).pending(root.id, after, PAGE);
    if (page.length === 0) return result;
    for (const pending of page) {
      signal.throwIfAborted();
      const { file_path: path } = pending;
      report(0);
      const question = { root: root.path, relPath: path };
      const outcome = await hasher.hash(question, signal, report)
        .catch((error: unknown) => error instanceof Error ? error : new Error(String(error)));
      signal.throwIfAborted();
      if (outcome instanceof Error) {
        result.stopped = await rootProblem(root.path);
        if (result.stopped) return result;
        await noteFailure(pending, outcome, root.path, context, result);
      } else await store(pending, outcome, context, result);
      files++;
    }
    after = page.at(-1)!.id;
  }
}

async function store(
  { id }: PendingHash,
  hashes: FileHashes,
  { checkpoint, onCommit }: Pick<JobSite, "checkpoint" | "onCommit">,
  result: HashResult,
): Promise<void> {
  result.bytes += hashes.sizeBytes;
  const outcome = await checkpoint(async (tx: Db) => {
    const stored = await fileHashes(tx).store(id, hashes);
    const isReunited = stored !== null && await fileHashes(tx).reunite(id, hashes.sha256);
    return { stored, isReunited };
  });
  onCommit();
  if (!outcome.stored) return void result.skipped++;
  result.hashed++;
  if (outcome.isReunited) result.reunited++;
  if (outcome.stored.mustReread || outcome.isReunited) result.to_reread++;
}

async function noteFailure(
  { id, file_path: path, file_size }: PendingHash,
  error: Error,
  root: string,
  { checkpoint, onCommit }: Pick<JobSite, "checkpoint" | "onCommit">,
  result: HashResult,
): Promise<void> {
  result.bytes += Number(file_size ?? 0);
  const info = await Deno.stat(`${root}/${path}`).catch(() => null);
  // Gone or still being written: nothing is wrong with it that the next scan would not see.
  if (!info || info.size !== Number(file_size)) return void result.skipped++;
  log.warn("Cannot hash {path}: {error}", { path, error });
  await checkpoint(async (tx: Db) => void await fileHashes(tx).fail(id));
  onCommit();
  result.failed++;
}
