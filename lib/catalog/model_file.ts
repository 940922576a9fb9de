import { Invalid } from "@/lib/errors.ts";
import type { Library } from "@/lib/library/service.ts";

/** Tells what a file is from its first bytes: "safetensors", "pickle", "zip", "gguf" or "unknown". */
export type DetectFormat = (start: Uint8Array) => string;

/** The columns that registering a file fills. */
export interface ModelFile {
  root_id: string;
  file_path: string;
  file_format: string;
  file_size: number;
  file_mtime: Date | null;
}

const refuse = (message: string, cause?: unknown) =>
  new Invalid({ path: "file_path", message }, { cause });

/**
 * Finds the file that an adapter is to be made for.
 *
 * @param path Absolute, as a user gave it.
 * @throws {Invalid} If it is outside the library roots, absent, unreadable or not a model.
 */
export async function findModelFile(
  library: Pick<Library, "locate" | "open">,
  detectFormat: DetectFormat,
  path: string,
): Promise<ModelFile> {
  const { root, relPath } = await library.locate(path).catch((error) => {
    throw error instanceof Invalid ? refuse(error.issues[0]!.message, error) : error;
  });
  const { file, info } = await library.open(root.id, relPath).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw refuse(`${path} does not exist`, error);
    if (error instanceof Invalid) throw refuse(error.issues[0]!.message, error);
    throw refuse(`${path} cannot be read`, error);
  });
  using opened = file;
  const start = new Uint8Array(16);
  const length = await opened.read(start) ?? 0;
  const format = detectFormat(start.subarray(0, length));
  if (format === "unknown") throw refuse(`${path} is not a model file`);
  return {
    root_id: root.id,
    file_path: relPath,
    // PyTorch's ZIP files hold a pickle: both can run code when loaded.
    file_format: format === "zip" ? "pickle" : format,
    file_size: info.size,
    file_mtime: info.mtime,
  };
}
