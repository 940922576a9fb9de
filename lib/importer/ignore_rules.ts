import ignore, { type Ignore } from "ignore";

/** Folders of operating systems, network drives and archive tools; those that start with a dot are skipped anyway. */
const SYSTEM_FOLDERS = new Set([
  "$recycle.bin",
  "system volume information",
  "lost+found",
  "@eadir",
  "@recycle",
  "#recycle",
  "#snapshot",
  "__macosx",
  "__pycache__",
  "node_modules",
]);

export const IGNORE_FILE = ".loraignore";

/** Hidden files, the resource forks that macOS leaves behind (`._name`), and folders no one keeps models in. */
export function isHidden(name: string): boolean {
  return name.startsWith(".") || SYSTEM_FOLDERS.has(name.toLowerCase());
}

/** Rules in the syntax of `.gitignore`; each folder's `.loraignore` adds to those above it and outranks them. */
export class IgnoreRules {
  readonly #parent: IgnoreRules | null;
  /** The folder that the rules are relative to, with a trailing slash, or "" for the root. */
  readonly #base: string;
  readonly #rules: Ignore;

  private constructor(parent: IgnoreRules | null, base: string, rules: Ignore) {
    this.#parent = parent;
    this.#base = base;
    this.#rules = rules;
  }

  /** @param lines Globs from the settings and the command line. */
  static from(lines: readonly string[]): IgnoreRules | null {
    return lines.length ? new IgnoreRules(null, "", newRules(lines)) : null;
  }

  /**
   * @param dir Relative to the root, "" for the root itself.
   * @param text Of the `.loraignore` in `dir`.
   */
  static nested(parent: IgnoreRules | null, dir: string, text: string): IgnoreRules {
    return new IgnoreRules(parent, dir ? `${dir}/` : "", newRules(text.split(/\r?\n/)));
  }

  /** @param path Relative to the root; a folder's ends with a slash. */
  ignores(path: string): boolean {
    const { ignored, unignored } = this.#rules.test(path.slice(this.#base.length));
    if (ignored || unignored) return ignored;
    return this.#parent?.ignores(path) ?? false;
  }
}

// Windows and macOS users expect `*.PT` to cover `a.pt`; git itself folds case there.
const newRules = (lines: readonly string[]) => ignore({ ignorecase: true }).add(lines);
