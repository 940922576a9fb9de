/** Changes with every build, so that a URL that carries it may be cached for ever. */
let current = "dev";

export function buildId(): string {
  return current;
}

export function setBuildId(id: string): void {
  current = id;
}
