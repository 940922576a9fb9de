import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The files of a project that the runtime has to know, as paths with forward slashes. */
export interface ProjectFiles {
  /** Below `routes/`. */
  readonly routes: readonly string[];
  /** Below the project's root, so that `(_islands)` folders of `routes/` fit in. */
  readonly islands: readonly string[];
}

const MODULE = /\.[jt]sx?$/;
const TEST = /[._](?:test|bench)\.[jt]sx?$|\.d\.ts$/;
/** Folders of `routes/` whose files are no routes: `(_components)`, `(_islands)`. */
const PRIVATE_FOLDER = /(?:^|\/)\(_[^/]*\)\//;
const ISLAND_FOLDER = /(?:^|\/)\(_islands\)\//;

/** Finds routes and islands. A project without one of the two folders simply has none of them. */
export async function crawlProject(root: string): Promise<ProjectFiles> {
  const inRoutes = await modulesBelow(join(root, "routes"));
  const inIslands = await modulesBelow(join(root, "islands"));
  return {
    routes: inRoutes.filter((path) => !PRIVATE_FOLDER.test(path)),
    islands: [
      ...inIslands.map((path) => `islands/${path}`),
      ...inRoutes.filter((path) => ISLAND_FOLDER.test(path)).map((path) => `routes/${path}`),
    ],
  };
}

/** Whether `path`, below the root, is a file that `crawlProject` finds. */
export function isCrawled(path: string): boolean {
  return /^(?:routes|islands)\//.test(path) && MODULE.test(path) && !TEST.test(path);
}

/** Whether `path`, below the root, is an island's module. */
export function isIslandPath(path: string): boolean {
  return isCrawled(path) && (path.startsWith("islands/") || ISLAND_FOLDER.test(path));
}

async function modulesBelow(folder: string): Promise<string[]> {
  const paths = await filesBelow(folder);
  return paths.filter((path) => MODULE.test(path) && !TEST.test(path));
}

/** Every file below `folder`, sorted, as relative paths; nothing if there is no such folder. */
export async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .map((path) => path.replaceAll("\\", "/"))
      .sort();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}
