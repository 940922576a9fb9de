import { createApp } from "@/app.ts";
import { useFsRoutes } from "@/fresh/testing.ts";
import { type Config, loadConfig } from "@/lib/config.ts";
import { onPGlite, type OpenDatabase } from "@/lib/db/open.ts";
import { openServices, type Services } from "@/services.ts";
import { memoryPGlite } from "./database.ts";

export interface TestApp extends AsyncDisposable {
  services: Services;
  config: Config;
  /** Sends a request as a client on this machine would, or from `remote`. */
  fetch(path: string, init?: RequestInit & { remote?: string }): Promise<Response>;
}

export interface TestAppOptions {
  /** Variables of the environment, as in `.env`. */
  env?: Record<string, string>;
  /** An empty one in memory unless given; closed with the app. */
  database?: OpenDatabase;
}

const ROOT = new URL("../../", import.meta.url);
let routes: Promise<void> | undefined;

/** The whole application on a real database, called without a socket. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  await (routes ??= useFsRoutes(ROOT));
  const dataDir = await Deno.makeTempDir({ prefix: "lm-test-app-" });
  const config = loadConfig({ LM_DATA_DIR: dataDir, ...options.env });
  const database = options.database ?? onPGlite(await memoryPGlite());
  const services = await openServices(config, { database });
  const handler = createApp(services).handler();
  return {
    services,
    config,
    fetch: (path, { remote = "127.0.0.1", ...init } = {}) => {
      const url = new URL(path, `http://localhost:${config.port}`);
      return handler(new Request(url, init), {
        remoteAddr: { transport: "tcp", hostname: remote, port: 50_000 },
        completed: Promise.resolve(),
      });
    },
    async [Symbol.asyncDispose]() {
      await services.close();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
