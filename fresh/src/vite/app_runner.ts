import type { DevEnvironment, EnvironmentModuleNode, RunnableDevEnvironment } from "vite";
import type { App } from "../app.ts";
import { isCrawled, isIslandPath } from "../crawl.ts";
import type { Handler } from "../dispatch.ts";
import { MANIFEST_ID } from "./manifest.ts";
import type { Project } from "./project.ts";

/**
 * Evaluates the application in the dev server. `main.ts` may hold what only one instance can hold,
 * so it is evaluated once, and again only when something it imports has changed; before that, every
 * `import.meta.hot.dispose()` handler of the modules that go is awaited.
 */
export class AppRunner {
  readonly #environment: RunnableDevEnvironment;
  readonly #project: Project;
  #ready: Promise<Handler> | null = null;

  constructor(environment: RunnableDevEnvironment, project: Project) {
    this.#environment = environment;
    this.#project = project;
  }

  /** The application as of the last change. Rejects with the error that keeps it from loading. */
  handler(): Promise<Handler> {
    return this.#ready ??= this.#load();
  }

  /** Whether a change of `file` can change what the server renders outside of islands. */
  affectsPages(file: string, type: "create" | "update" | "delete"): boolean {
    if (type !== "update" && isCrawled(this.#project.relative(file))) return true;
    const isIsland = ({ file }: EnvironmentModuleNode) =>
      file !== null && isIslandPath(this.#project.relative(file));
    const changed = this.#modulesOf(file);
    // Islands are not passed: what lies behind them is updated in the browser.
    const reached = importersOf([...changed].filter((node) => !isIsland(node)), isIsland);
    return [...reached].some(({ id, file }) =>
      id === `\0${MANIFEST_ID}` || file === this.#project.main
    );
  }

  /** Takes a change on: what depends on `file` is evaluated anew, in the order of the changes. */
  async change(file: string, type: "create" | "update" | "delete"): Promise<void> {
    const changed = this.#modulesOf(file);
    const isRouting = type !== "update" && isCrawled(this.#project.relative(file));
    if (isRouting || file === this.#project.client) {
      const manifest = this.#environment.moduleGraph.getModuleById(`\0${MANIFEST_ID}`);
      if (manifest) changed.add(manifest);
    }
    if (changed.size === 0) return;
    const before = this.#ready;
    this.#ready = (async () => {
      // An application that failed to load is replaced like one that runs.
      await before?.catch(() => {});
      await this.#invalidate(importersOf([...changed], () => false));
      return await this.#load();
    })();
    await this.#ready;
  }

  /** Runs every dispose handler. The runner is not used again. */
  async dispose(): Promise<void> {
    const before = this.#ready;
    this.#ready = null;
    if (!before) return;
    await before.catch(() => {});
    await this.#invalidate(new Set(this.#environment.moduleGraph.idToModuleMap.values()));
  }

  async #load(): Promise<Handler> {
    const { runner } = this.#environment;
    await runner.import(MANIFEST_ID);
    const { app } = await runner.import<{ app?: App }>(this.#project.main);
    if (!app) throw new Error(`Cannot serve ${this.#project.main}: it does not export "app"`);
    return app.handler();
  }

  async #invalidate(modules: ReadonlySet<EnvironmentModuleNode>): Promise<void> {
    const { runner, moduleGraph } = this.#environment;
    const hot = runner.hmrClient;
    for (const { url } of modules) {
      const dispose = hot?.disposeMap.get(url);
      hot?.disposeMap.delete(url);
      await dispose?.(hot?.dataMap.get(url));
    }
    for (const node of modules) {
      moduleGraph.invalidateModule(node);
      const evaluated = node.id === null
        ? undefined
        : runner.evaluatedModules.getModuleById(node.id);
      if (evaluated) runner.evaluatedModules.invalidateModule(evaluated);
    }
  }

  #modulesOf(file: string): Set<EnvironmentModuleNode> {
    return new Set(modulesOf(this.#environment, file));
  }
}

function modulesOf(environment: DevEnvironment, file: string): Iterable<EnvironmentModuleNode> {
  return environment.moduleGraph.getModulesByFile(file) ?? [];
}

/** `modules` and all that import them, at any distance, not going beyond those that `stop` names. */
function importersOf(
  modules: readonly EnvironmentModuleNode[],
  stop: (node: EnvironmentModuleNode) => boolean,
): Set<EnvironmentModuleNode> {
  const reached = new Set(modules);
  for (const node of reached) {
    for (const importer of node.importers) if (!stop(importer)) reached.add(importer);
  }
  return reached;
}
