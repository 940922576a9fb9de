import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What Vite has to know of the `deno.json` of the project and of the workspace around it. */
export interface DenoConfig {
  /** In the order in which they must be tried. */
  readonly aliases: { find: RegExp; replacement: string }[];
  /** Names that Deno resolves by itself at run time, so that a server bundle can leave them out. */
  readonly npmNames: ReadonlySet<string>;
  /** Absolute paths of what Deno's tools leave out: built files, data of a running server. */
  readonly excluded: readonly string[];
}

/** Reads every `deno.json` from `root` upwards; an entry closer to `root` wins. */
export function readDenoConfig(root: string): DenoConfig {
  const targets = new Map<string, string>();
  const excluded: string[] = [];
  for (let folder = root;; folder = dirname(folder)) {
    const file = join(folder, "deno.json");
    if (existsSync(file)) {
      const { imports = {}, exclude = [] } = JSON.parse(readFileSync(file, "utf8"));
      excluded.push(...exclude.map((path: string) => join(folder, path)));
      for (const [name, target] of Object.entries<string>(imports)) {
        if (!targets.has(name)) targets.set(name, absolute(folder, target));
      }
    }
    if (folder === dirname(folder)) break;
  }

  const aliases: DenoConfig["aliases"] = [];
  const npmNames = new Set<string>();
  for (const [name, target] of targets) {
    const bare = bareSpecifier(target);
    if (bare === null) aliases.push(aliasOf(name, target));
    else {
      npmNames.add(name);
      if (bare !== name) aliases.push(aliasOf(name, bare));
    }
  }
  return { aliases, npmNames, excluded };
}

/** `npm:name@1.2.3/path` as the `name/path` that node resolution finds; null for other specifiers. */
export function bareSpecifier(specifier: string): string | null {
  const match = /^npm:\/?((?:@[^/]+\/)?[^/@]+)(?:@[^/]+)?(\/.*)?$/.exec(specifier);
  return match ? match[1]! + (match[2] ?? "") : null;
}

function absolute(folder: string, target: string): string {
  if (!/^\.{0,2}\//.test(target)) return target;
  return resolve(folder, target) + (target.endsWith("/") ? "/" : "");
}

function aliasOf(name: string, replacement: string): { find: RegExp; replacement: string } {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return { find: new RegExp(name.endsWith("/") ? `^${escaped}` : `^${escaped}$`), replacement };
}
