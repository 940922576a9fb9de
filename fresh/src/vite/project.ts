import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { crawlProject, type ProjectFiles } from "../crawl.ts";

export interface FreshOptions {
  /** Module that exports `app`. Default `main.ts`. */
  serverEntry?: string;
  /** Module that every page loads in the browser. Default `client.ts`; it may be missing. */
  clientEntry?: string;
}

/** This runtime's own folder. */
export const RUNTIME_ROOT: string = normal(fileURLToPath(new URL("../..", import.meta.url)))
  .replace(/\/$/, "");
export const BOOT_MODULE: string = `${RUNTIME_ROOT}/src/client/entry.ts`;

/** Where things are in a project. All paths have forward slashes. */
export class Project {
  readonly #options: FreshOptions;
  #root = "";

  constructor(options: FreshOptions) {
    this.#options = options;
  }

  /** Vite decides on the root after the plugins are made. */
  setRoot(root: string): void {
    this.#root = normal(resolve(root));
  }

  get root(): string {
    return this.#root;
  }

  get main(): string {
    return this.absolute(this.#options.serverEntry ?? "main.ts");
  }

  get client(): string {
    return this.absolute(this.#options.clientEntry ?? "client.ts");
  }

  get hasClient(): boolean {
    return existsSync(this.client);
  }

  crawl(): Promise<ProjectFiles> {
    return crawlProject(this.root);
  }

  absolute(path: string): string {
    return normal(resolve(this.#root, path));
  }

  relative(file: string): string {
    return normal(relative(this.#root, file));
  }

  /** Where the dev server serves the source of `file`. */
  devUrl(file: string): string {
    return file.startsWith(`${this.#root}/`) ? file.slice(this.#root.length) : `/@fs${file}`;
  }
}

function normal(path: string): string {
  return path.replaceAll("\\", "/");
}
