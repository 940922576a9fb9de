import type { Config } from "@/lib/config.ts";

/** What the process that serves the application needs from it beyond `fetch`. */
export interface HostedApp {
  readonly config: Config;
  /** Says where the server listens, for the lock file. */
  listening(address: string): Promise<void>;
  /** Ends long answers, so that draining requests comes to an end. */
  beginClosing(): void;
  /** Closes everything; no request may be in flight. */
  close(): Promise<void>;
}

// The build bundles main.ts and what it imports into _fresh/server.js, whose only export is `fetch`. serve.ts
// is not in that bundle, so its copy of this module is another one, and they meet at a registered symbol.
const SLOT = Symbol.for("lora-manager.hosted-app");
const globals = globalThis as { [SLOT]?: HostedApp };

export function offerToHost(app: HostedApp): void {
  globals[SLOT] = app;
}

/** @throws {Error} If the application was not loaded before. */
export function hostedApp(): HostedApp {
  const app = globals[SLOT];
  if (!app) throw new Error("Cannot serve: the server bundle did not start the application");
  return app;
}
