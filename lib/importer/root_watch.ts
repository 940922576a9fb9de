import { isHidden } from "./ignore_rules.ts";

export interface RootWatchOptions {
  quietMs: number;
  /** @param path Absolute. */
  ignores: (path: string) => boolean;
  /** Called after changes, never twice at a time. */
  changed: () => Promise<void>;
}

/** However busy a folder is, its changes are shown after this many quiet times. */
const MAX_QUIET_TIMES = 15;

/** Turns a folder's stream of file events into few calls: one after each time of quiet. */
export class RootWatch {
  readonly #root: string;
  readonly #options: RootWatchOptions;
  readonly #watcher: Deno.FsWatcher;
  readonly #reading: Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt = 0;
  #calling: Promise<void> | null = null;
  #again = false;
  #isBroken = false;

  /** @throws {Error} If the system cannot watch the folder. */
  constructor(root: string, options: RootWatchOptions) {
    this.#root = root;
    this.#options = options;
    this.#watcher = Deno.watchFs(root, { recursive: true });
    this.#reading = this.#read();
  }

  /** True once the folder itself was removed, moved or unmounted: the watcher hears nothing more of that path. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#again = false;
    try {
      this.#watcher.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    await this.#reading;
    await this.#calling;
  }

  async #read(): Promise<void> {
    try {
      for await (const { kind, paths } of this.#watcher) {
        if (kind !== "create" && paths.includes(this.#root)) this.#isBroken = true;
        // Reading is an "access" too, and scans read.
        if (kind === "access" || paths.every((path) => this.#isNoise(path))) continue;
        this.#note();
      }
    } catch {
      this.#isBroken = true;
    }
  }

  #isNoise(path: string): boolean {
    if (this.#options.ignores(path)) return true;
    return path.slice(this.#root.length).split(/[\\/]/).some((segment) =>
      isHidden(segment) && segment !== ".loraignore"
    );
  }

  #note(): void {
    const { quietMs } = this.#options;
    const now = Date.now();
    if (this.#timer === undefined) this.#firstAt = now;
    else clearTimeout(this.#timer);
    const left = this.#firstAt + quietMs * MAX_QUIET_TIMES - now;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#call();
    }, Math.max(0, Math.min(quietMs, left)));
  }

  #call(): void {
    if (this.#calling) {
      this.#again = true;
      return;
    }
    this.#calling = this.#options.changed().finally(() => {
      this.#calling = null;
      if (this.#again) {
        this.#again = false;
        this.#call();
      }
    });
  }
}
