/** A dead network mount answers no call at all; the pages that show roots must not wait for it. */
const PATIENCE_MS = 2_000;

async function check(path: string): Promise<string | null> {
  try {
    if (!(await Deno.stat(path)).isDirectory) return `${path} is not a folder`;
    for await (const _ of Deno.readDir(path)) break;
    return null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `${path} does not exist`;
    if (
      error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable
    ) return `${path} may not be read`;
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Whether a root's folder can be listed now.
 *
 * @returns Null if it can, else a sentence for people.
 */
export async function rootProblem(path: string): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`${path} does not answer`), PATIENCE_MS);
  });
  try {
    return await Promise.race([check(path), late]);
  } finally {
    clearTimeout(timer);
  }
}
