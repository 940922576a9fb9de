import type { ComponentType } from "preact";
import { setBuildId } from "./build_id.ts";

/** How the process came to its routes: the dev server, a finished build, or a test. */
export type Mode = "development" | "production";

/** A module of `routes/`, and its path below that folder, as in `blog/[id].tsx`. */
export interface RouteFile {
  readonly path: string;
  readonly module: Record<string, unknown>;
}

/** What a browser must load to run the exports of one island module. */
export interface IslandFile {
  readonly module: Record<string, unknown>;
  readonly url: string;
  /** Chunks that `url` imports, to be fetched along with it. */
  readonly imports: readonly string[];
  readonly styles: readonly string[];
}

/** One island component, resolved from the function that a page renders. */
export interface IslandRef {
  readonly file: IslandFile;
  readonly exportName: string;
  readonly component: ComponentType<Record<string, unknown>>;
}

/** A file that `staticFiles()` may send. */
export interface StaticFile {
  readonly file: string;
  /** Without quotes; changes whenever the content does. */
  readonly etag: string;
  /** True when the URL itself changes with the content. */
  readonly isHashed: boolean;
  /** Compressed copies beside the file, best first. */
  readonly encodings: readonly ("br" | "gzip")[];
}

/** A script that every page (client entry) or every page with islands (boot) loads. */
export interface ClientScript {
  readonly url: string;
  readonly imports: readonly string[];
}

/** Everything that file-system routing and rendering need to know of the project around them. */
export interface Build {
  readonly id: string;
  readonly mode: Mode;
  readonly routes: readonly RouteFile[];
  readonly islands: readonly IslandFile[];
  readonly styles: readonly string[];
  /** Loaded by every rendered page. */
  readonly scripts: readonly ClientScript[];
  /** Loaded by pages with islands; null where nothing was built for the browser. */
  readonly boot: ClientScript | null;
  readonly staticFiles: ReadonlyMap<string, StaticFile>;
}

const NOTHING_BUILT: Build = {
  id: "none",
  mode: "production",
  routes: [],
  islands: [],
  styles: [],
  scripts: [],
  boot: null,
  staticFiles: new Map(),
};

let current = NOTHING_BUILT;
const islandRefs = new WeakMap<object, IslandRef>();

export function currentBuild(): Build {
  return current;
}

/** Makes `build` the one that the next `app.handler()` compiles. */
export function setBuild(build: Build): void {
  current = build;
  setBuildId(build.id);
  for (const file of build.islands) {
    for (const [exportName, component] of Object.entries(file.module)) {
      if (typeof component !== "function") continue;
      islandRefs.set(component, { file, exportName, component: component as ComponentType });
    }
  }
}

export function islandRefOf(type: unknown): IslandRef | undefined {
  return typeof type === "function" ? islandRefs.get(type) : undefined;
}
