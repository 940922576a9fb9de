import { type CompiledPattern, compilePattern } from "./pattern.ts";

/** What one pattern answers, by method; `"ALL"` answers every method without an entry of its own. */
export interface RouteEntry<T> {
  readonly pattern: string;
  readonly methods: Map<string, T>;
}

/** The outcome of a lookup. `value` is undefined when only other methods are registered. */
export interface RouteMatch<T> {
  readonly entry: RouteEntry<T>;
  readonly value: T | undefined;
  readonly params: Record<string, string>;
}

interface DynamicRoute<T> {
  readonly compiled: CompiledPattern;
  readonly entry: RouteEntry<T>;
}

/**
 * Static paths first, by map; then patterns in the order of registration. Patterns are bucketed by
 * their first segment, so that a lookup tries only those that can match.
 */
export class Router<T> {
  #byPattern = new Map<string, RouteEntry<T>>();
  #static = new Map<string, RouteEntry<T>>();
  #byFirstSegment = new Map<string, DynamicRoute<T>[]>();
  #anyFirstSegment: DynamicRoute<T>[] = [];

  add(pattern: string, method: string, value: T): void {
    const known = this.#byPattern.get(pattern);
    if (known) {
      // The first registration wins, as it does between two patterns that both match.
      if (!known.methods.has(method)) known.methods.set(method, value);
      return;
    }
    const entry: RouteEntry<T> = { pattern, methods: new Map([[method, value]]) };
    this.#byPattern.set(pattern, entry);
    const compiled = compilePattern(pattern);
    if (compiled.isStatic) this.#static.set(pattern, entry);
    else this.#addDynamic({ compiled, entry });
  }

  /** @param path Starts with a slash, has none at the end and none doubled. Still percent-encoded. */
  match(method: string, path: string): RouteMatch<T> | undefined {
    let fallback: RouteMatch<T> | undefined;
    const fixed = this.#static.get(path);
    if (fixed) {
      const value = methodOf(fixed, method);
      const match: RouteMatch<T> = { entry: fixed, value, params: {} };
      if (value !== undefined) return match;
      fallback = match;
    }
    for (const { compiled, entry } of this.#candidates(path)) {
      const found = compiled.regex.exec(path);
      if (!found) continue;
      const value = methodOf(entry, method);
      if (value === undefined && fallback) continue;
      const match: RouteMatch<T> = { entry, value, params: paramsOf(compiled, found) };
      if (value !== undefined) return match;
      fallback = match;
    }
    return fallback;
  }

  #addDynamic(route: DynamicRoute<T>): void {
    const first = firstSegment(route.entry.pattern);
    if (first === "" || /[:*]/.test(first)) {
      this.#anyFirstSegment.push(route);
      for (const bucket of this.#byFirstSegment.values()) bucket.push(route);
      return;
    }
    const bucket = this.#byFirstSegment.get(first);
    if (bucket) bucket.push(route);
    else this.#byFirstSegment.set(first, [...this.#anyFirstSegment, route]);
  }

  #candidates(path: string): readonly DynamicRoute<T>[] {
    return this.#byFirstSegment.get(firstSegment(path)) ?? this.#anyFirstSegment;
  }
}

/** `/docs{/:version}?` begins with `docs`; a group inside the segment leaves it unknown, so empty. */
function firstSegment(path: string): string {
  return /^\/([^/{]*)(?=\/|\{\/|$)/.exec(path)?.[1] ?? "";
}

function methodOf<T>(entry: RouteEntry<T>, method: string): T | undefined {
  const own = entry.methods.get(method) ?? entry.methods.get("ALL");
  return own ?? (method === "HEAD" ? entry.methods.get("GET") : undefined);
}

function paramsOf(compiled: CompiledPattern, found: RegExpExecArray): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, key] of compiled.keys.entries()) params[key] = decode(found[index + 1] ?? "");
  return params;
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A malformed escape is the client's text, not our fault: hand it on as it came.
    return text;
  }
}
