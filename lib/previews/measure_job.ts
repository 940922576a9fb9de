import { createHash } from "node:crypto";
import { getLogger } from "@logtape/logtape";
import type { Db, Preview } from "@/lib/db/schema.ts";
import type { JobContext } from "@/lib/jobs/handlers.ts";
import { Pace } from "@/lib/jobs/pace.ts";
import { measurePicture } from "./picture.ts";
import { type PreviewRow, previews } from "./repository.ts";
import { type CoverReader, readPreview } from "./source.ts";

const log = getLogger(["lm", "previews"]);

const BATCH = 48;
/** Pictures decoded at a time, each on one core. */
const PARALLEL = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1));

export interface MeasureResult {
  measured: number;
  failed: number;
}

/** A film's address: its name and times are enough, and its bytes are never read here. */
async function describeVideo({ root_path, preview }: PreviewRow): Promise<Preview> {
  const info = await Deno.stat(`${root_path}/${preview!.path}`);
  const told = `${preview!.path}\n${info.size}\n${info.mtime?.getTime()}`;
  return { ...preview!, hash: createHash("sha256").update(told).digest("hex") };
}

async function measure(row: PreviewRow, covers: CoverReader): Promise<Preview> {
  const preview = row.preview!;
  if (preview.kind === "video") return await describeVideo(row);
  const place = { rootPath: row.root_path, filePath: row.file_path, preview };
  return { ...preview, ...await measurePicture(await readPreview(place, covers)) };
}

/** Finds out size, colours and hash of a root's new previews; a picture that cannot be read counts as none. */
export async function measurePreviews(
  rootId: string,
  { db, covers, onCommit }: { db: Db; covers: CoverReader; onCommit: () => void },
  { signal, progress, checkpoint }: Pick<JobContext, "signal" | "progress" | "checkpoint">,
): Promise<MeasureResult> {
  const result: MeasureResult = { measured: 0, failed: 0 };
  const total = await previews(db).countPending(rootId);
  const pace = new Pace();
  const measureOne = async (row: PreviewRow) => {
    try {
      const preview = await measure(row, covers);
      result.measured++;
      return { id: row.id, path: row.preview!.path, preview };
    } catch (error) {
      result.failed++;
      const path = row.preview!.path ?? row.file_path;
      log.warn("Cannot use the preview {path}: {error}", { path, error });
      return { id: row.id, path: row.preview!.path, preview: null };
    }
  };
  for (let after: string | null = null;;) {
    signal.throwIfAborted();
    const batch = await previews(db).pending(rootId, after, BATCH);
    if (batch.length === 0) return result;
    const found: { id: string; path: string | null; preview: Preview | null }[] = [];
    for (let at = 0; at < batch.length; at += PARALLEL) {
      signal.throwIfAborted();
      found.push(...await Promise.all(batch.slice(at, at + PARALLEL).map(measureOne)));
    }
    await checkpoint((tx) => previews(tx).store(found));
    onCommit();
    const done = result.measured + result.failed;
    progress({ phase: "previews", done, total, failed: result.failed, ...pace.at(done, total) });
    after = batch.at(-1)!.id;
  }
}
