import type { Preview } from "@/lib/db/schema.ts";
import { openInside } from "@/lib/storage/containment.ts";

/** The largest preview that is read; larger ones are hardly pictures. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Finds the picture inside a model file. */
export interface CoverReader {
  /** @param file Open at its start. */
  readCover(file: Deno.FsFile, sizeBytes: number): Promise<Uint8Array | null>;
}

export interface PreviewPlace {
  /** Absolute. */
  rootPath: string;
  /** Of the model, relative to the root. */
  filePath: string;
  preview: Preview;
}

/**
 * The original bytes of a picture, from the file beside the model or from the model's own header.
 *
 * @throws {Error} If it is gone, too large or outside its root.
 */
export async function readPreview(
  { rootPath, filePath, preview }: PreviewPlace,
  covers: CoverReader,
): Promise<Uint8Array> {
  if (preview.source === "header") {
    const { file, info } = await openInside(rootPath, filePath);
    using _ = file;
    const cover = await covers.readCover(file, info.size);
    if (!cover) throw new Error(`${filePath} holds no picture`);
    return cover;
  }
  if (preview.path === null) throw new Error(`${filePath} has no preview file`);
  const { file, info } = await openInside(rootPath, preview.path);
  using _ = file;
  if (info.size > MAX_BYTES) {
    throw new RangeError(
      `${preview.path} is ${info.size} bytes, the most that is read is ${MAX_BYTES}`,
    );
  }
  const bytes = new Uint8Array(info.size);
  let filled = 0;
  while (filled < bytes.length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
