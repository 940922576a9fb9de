/** Lets tests call `app.handler()` on real pages, without Vite and without a build. */
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type IslandFile, type RouteFile, setBuild, type StaticFile } from "./src/build.ts";
import { crawlProject, filesBelow } from "./src/crawl.ts";

/**
 * Imports the routes and islands of the project at `root`. The next `app.handler()` has them, with
 * the files of `static/`. Scripts in the pages carry source URLs, which nothing serves.
 *
 * @param root The project's folder, or a `file:` URL of it.
 */
export async function useFsRoutes(root: string | URL): Promise<void> {
  const folder = resolve(root instanceof URL ? fileURLToPath(root) : root);
  const files = await crawlProject(folder);
  const load = async (path: string): Promise<Record<string, unknown>> =>
    await import(pathToFileURL(`${folder}/${path}`).href);

  const routes = await Promise.all(
    files.routes.map(async (path): Promise<RouteFile> => ({
      path,
      module: await load(`routes/${path}`),
    })),
  );
  const islands = await Promise.all(
    files.islands.map(async (path): Promise<IslandFile> => ({
      module: await load(path),
      url: `/${path}`,
      imports: [],
      styles: [],
    })),
  );
  setBuild({
    id: "test",
    mode: "production",
    routes,
    islands,
    styles: [],
    scripts: [],
    boot: { url: "/fresh/boot.js", imports: [] },
    staticFiles: await staticFilesBelow(`${folder}/static`),
  });
}

async function staticFilesBelow(folder: string): Promise<Map<string, StaticFile>> {
  const found = new Map<string, StaticFile>();
  for (const path of await filesBelow(folder)) {
    const file = `${folder}/${path}`;
    const { size, mtime } = await Deno.stat(file);
    const etag = `${size.toString(36)}-${(mtime?.getTime() ?? 0).toString(36)}`;
    found.set(`/${path}`, { file, etag, isHashed: false, encodings: [] });
  }
  return found;
}
