import type { FileStatus } from "@/lib/db/schema.ts";
import { NotFound } from "@/lib/errors.ts";
import { openInside } from "@/lib/storage/containment.ts";
import { fileHashes } from "./hash_repository.ts";
import { Hasher } from "./hasher.ts";
import { readModel } from "./read_model.ts";
import type { JobSite } from "./scan_context.ts";

export interface VerifyResult {
  adapter_id: string;
  file_status: FileStatus;
  /** Of the record; null if the file was never hashed before. */
  expected_sha256: string | null;
  /** Of the file as it is now; null if it cannot be read. */
  sha256: string | null;
  reason: string | null;
}

/**
 * Compares one file with its record. What differs is marked `changed` and the record keeps what it knew: whether the new
 * content is welcome is for the next import, or a person, to say.
 *
 * @throws {NotFound} If the record is gone, or its root was removed and must not be read.
 */
export async function verifyFile(
  adapterId: string,
  context: JobSite,
): Promise<VerifyResult> {
  const target = await fileHashes(context.db).target(adapterId);
  if (!target) throw new NotFound("adapter", adapterId);
  const { root_path: root, file_path: relPath } = target;
  const expected = target.hash_state === "done" ? target.sha256 : null;
  const finish = async (
    file_status: FileStatus,
    reason: string | null,
    sha256: string | null = null,
  ): Promise<VerifyResult> => {
    await context.checkpoint((tx) => fileHashes(tx).setStatus(adapterId, file_status));
    context.onCommit();
    return { adapter_id: adapterId, file_status, expected_sha256: expected, sha256, reason };
  };
  try {
    const { file } = await openInside(root, relPath);
    file.close();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return await finish("missing", "The file is gone");
    return await finish("unreadable", error instanceof Error ? error.message : String(error));
  }
  const size = Number(target.file_size ?? 0);
  const model = readModel(root, relPath, { size, mtime: 0 });
  if (!model.readable) return await finish("unreadable", model.problem);
  using hasher = new Hasher();
  const outcome = await hasher.hash({ root, relPath }, context.signal, (bytes) => {
    context.progress({ phase: "hashing", bytes, total_bytes: size });
  }).catch((error: Error) => error);
  context.signal.throwIfAborted();
  if (outcome instanceof Error) return await finish("unreadable", outcome.message);
  const { sha256, sizeBytes } = outcome;
  if (expected === null && sizeBytes === size) {
    const stored = await context.checkpoint((tx) => fileHashes(tx).store(adapterId, outcome));
    context.onCommit();
    // Touched but equal in size: without an older hash nobody can tell more.
    if (!stored) {
      return await finish("changed", "The file was written since it was scanned", sha256);
    }
    return await finish("present", null, sha256);
  }
  return expected === sha256
    ? await finish("present", null, sha256)
    : await finish("changed", `Its content is not what was recorded (${sizeBytes} bytes)`, sha256);
}
