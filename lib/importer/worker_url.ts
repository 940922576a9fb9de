/**
 * The address of a Worker's source module.
 *
 * Not `new URL("./x.ts", import.meta.url)`: in the built server this code lies in `_fresh/`, where the bundler leaves no
 * Worker modules. Deno runs their source as it is, so it is found from the project's root, which holds `deno.json`.
 *
 * @param path Of the module, relative to the project's root.
 */
export function workerUrl(path: string): URL {
  let dir = new URL(".", import.meta.url);
  for (;;) {
    try {
      if (Deno.statSync(new URL("deno.json", dir)).isFile) return new URL(path, dir);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    const parent = new URL("..", dir);
    if (parent.href === dir.href) throw new Error(`Cannot find ${path}: no deno.json above it`);
    dir = parent;
  }
}
