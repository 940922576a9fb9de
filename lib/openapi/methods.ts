import { OPERATIONS } from "./operations.ts";

interface KnownPath {
  pattern: RegExp;
  /** Parameters in the path; of several that match, the one with the fewest is meant. */
  parameters: number;
  methods: Set<string>;
}

const PATHS = new Map<string, KnownPath>();
for (const { path, method } of OPERATIONS) {
  const known = PATHS.get(path) ?? {
    pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}/?$`),
    parameters: path.split("{").length - 1,
    methods: new Set(["OPTIONS"]),
  };
  known.methods.add(method.toUpperCase());
  if (method === "get") known.methods.add("HEAD");
  PATHS.set(path, known);
}

/** The methods a path of the API answers to, for `Allow`; null if there is no such path. */
export function allowedMethods(path: string): readonly string[] | null {
  const found = [...PATHS.values()]
    .filter(({ pattern }) => pattern.test(path))
    .sort((a, b) => a.parameters - b.parameters)[0];
  return found ? [...found.methods].sort() : null;
}
