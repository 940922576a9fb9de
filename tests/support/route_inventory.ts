import { join } from "node:path";

const ROUTES = new URL("../../routes/", import.meta.url);
const SAMPLE_ID = "0190163d-8694-739b-aea5-966c26f8ad90";

/** One file below `routes/` that answers requests. */
export interface RouteFile {
  /** Relative to `routes/`. */
  file: string;
  /** With `{name}` for parameters. */
  path: string;
  /** A path of that pattern; its parameters are ids of nothing. */
  sample: string;
  /** What the module answers, as its exports say. */
  methods: string[];
}

/** All route files, read from the file system so that none can be forgotten. */
export async function routeInventory(): Promise<RouteFile[]> {
  const files: RouteFile[] = [];
  for await (const file of walk("")) {
    const path = pathOf(file);
    if (path === null) continue;
    const module = await import(new URL(file, ROUTES).href);
    const methods = Object.keys(module.handler ?? {});
    if (module.default && !methods.includes("GET")) methods.push("GET");
    files.push({ file, path, sample: path.replace(/\{\w+\}/g, SAMPLE_ID), methods });
  }
  return files.sort((a, b) => a.path.localeCompare(b.path));
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder || ".", ROUTES))) {
    const path = join(folder, name);
    if (isDirectory) yield* walk(`${path}/`);
    else if (/\.tsx?$/.test(name) && !/_test\.tsx?$/.test(name)) yield path;
  }
}

/** Null for layouts, middlewares and the like, and for folders like `(_islands)`. */
function pathOf(file: string): string | null {
  const segments = file.replace(/\.tsx?$/, "").split("/");
  if (segments.at(-1)!.startsWith("_") || segments.some((each) => each.startsWith("(_"))) {
    return null;
  }
  const named = segments
    .filter((each, index) =>
      !/^\(.*\)$/.test(each) && !(each === "index" && index === segments.length - 1)
    )
    .map((each) => each.replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}"));
  return `/${named.join("/")}`;
}
