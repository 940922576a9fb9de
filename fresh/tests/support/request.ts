import type { App } from "fresh";
import { type Build, currentBuild, setBuild } from "../../src/build.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends requests to an app and reads the answers whole. */
export function requester<State>(
  app: App<State>,
): (path: string, init?: RequestInit) => Promise<Answer> {
  const handler = app.handler();
  return async (path, init) => {
    const response = await handler(new Request(`http://localhost${path}`, init));
    const { status, headers } = response;
    return { status, headers, text: await response.text() };
  };
}

/** Makes parts of a build known to the apps that are compiled next. */
export function useBuild(parts: Partial<Build>): void {
  setBuild({
    ...currentBuild(),
    id: "test",
    routes: [],
    islands: [],
    staticFiles: new Map(),
    ...parts,
  });
}

/** Runs `fn` without the lines that the runtime logs for unknown errors, and returns them. */
export async function withErrorLog(fn: () => Promise<void>): Promise<unknown[]> {
  const logged: unknown[] = [];
  // deno-lint-ignore no-console -- the runtime's last resort is what is tested
  const original = console.error;
  // deno-lint-ignore no-console
  console.error = (error: unknown) => logged.push(error);
  try {
    await fn();
  } finally {
    // deno-lint-ignore no-console
    console.error = original;
  }
  return logged;
}
