/** A route pattern compiled once: `regex` captures the parameters named in `keys`, in order. */
export interface CompiledPattern {
  /** True when the pattern has no parameters, so that a map lookup can replace the regex. */
  readonly isStatic: boolean;
  readonly regex: RegExp;
  readonly keys: readonly string[];
}

/** How a scope (the path given to `use`, `layout` or `onError`) relates to a route pattern. */
export type ScopeRelation = "always" | "maybe" | "never";

/**
 * Compiles the part of the URLPattern pathname syntax that routes use: `:name`, its modifiers
 * `?`, `*` and `+`, a custom `:name(regex)`, `*`, and optional groups `{/:name}?`.
 *
 * @throws {SyntaxError} If a group or a custom expression is not closed.
 */
export function compilePattern(pattern: string): CompiledPattern {
  const keys: string[] = [];
  const source = patternSource(pattern, keys);
  return {
    isStatic: !/[:*{]/.test(pattern),
    regex: new RegExp(`^${source}$`),
    keys,
  };
}

/** Matches every path at or below `scope`. */
export function compileScope(scope: string): RegExp {
  return new RegExp(`^${patternSource(scope, [])}(?=/|$)`);
}

/** `"*"`, `"/"` and `"/x/*"` as the prefixes they stand for: `""`, `""` and `"/x"`. */
export function normalizeScope(path: string): string {
  const scope = path.replace(/\/?\*$/, "").replace(/\/+$/, "");
  return scope === "" || scope.startsWith("/") ? scope : `/${scope}`;
}

/** Joins a mount path and a route path without doubling the slash between them. */
export function joinPath(base: string, path: string): string {
  const joined = `${base.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  return joined.length > 1 ? joined.replace(/\/$/, "") : joined;
}

/**
 * Decides at registration what can be decided. "maybe" means that only the request's own path can
 * tell: `/api` against `/:page*` must hold for `/api/x`, or a guard on `/api` could be walked around.
 */
export function relateScope(scope: string, pattern: string): ScopeRelation {
  const scopeSegments = scope.split("/").slice(1);
  const segments = pattern.split("/").slice(1);
  let relation: ScopeRelation = "always";
  for (const [index, wanted] of scopeSegments.entries()) {
    const segment = segments[index];
    if (segment === undefined) return "never";
    if (segment === wanted) continue;
    const isOpen = /[*+?}]$|^[^:]*\{/.test(segment);
    if (isOpen) return "maybe";
    if (!segment.includes(":") && !/[:*{]/.test(wanted)) return "never";
    relation = "maybe";
  }
  return relation;
}

function patternSource(pattern: string, keys: string[]): string {
  let source = "";
  let index = 0;
  while (index < pattern.length) {
    const char = pattern[index]!;
    if (char === "{") {
      const end = closing(pattern, index, "{", "}");
      const inner = patternSource(pattern.slice(index + 1, end), keys);
      const modifier = modifierAt(pattern, end + 1);
      source += `(?:${inner})${modifier}`;
      index = end + 1 + modifier.length;
    } else if (char === ":") {
      const name = /^\w+/.exec(pattern.slice(index + 1))?.[0] ?? "";
      index += 1 + name.length;
      let value = "[^/]+?";
      if (pattern[index] === "(") {
        const end = closing(pattern, index, "(", ")");
        value = pattern.slice(index + 1, end);
        index = end + 1;
      }
      const modifier = modifierAt(pattern, index);
      index += modifier.length;
      keys.push(name);
      source = appendParameter(source, value, modifier);
    } else if (char === "*") {
      keys.push(String(keys.length));
      source += "(.*)";
      index++;
    } else {
      source += char.replace(/[.+?^$()|[\]\\]/, "\\$&");
      index++;
    }
  }
  return source;
}

function appendParameter(source: string, value: string, modifier: string): string {
  if (modifier === "") return `${source}(${value})`;
  const captured = modifier === "?" ? value : ".+";
  if (modifier === "+") return `${source}(${captured})`;
  // The slash before an optional parameter is optional with it, as in URLPattern.
  return source.endsWith("/")
    ? `${source.slice(0, -1)}(?:/(${captured}))?`
    : `${source}(${captured})?`;
}

function modifierAt(pattern: string, index: number): string {
  const char = pattern[index];
  return char === "?" || char === "*" || char === "+" ? char : "";
}

function closing(pattern: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let index = start; index < pattern.length; index++) {
    if (pattern[index] === open) depth++;
    else if (pattern[index] === close && --depth === 0) return index;
  }
  throw new SyntaxError(`Cannot compile route pattern ${pattern}: "${open}" is not closed`);
}
