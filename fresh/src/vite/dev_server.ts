import { createRequestListener } from "@remix-run/node-fetch-server";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stripVTControlCharacters } from "node:util";
import type { ViteDevServer } from "vite";
import type { AppRunner } from "./app_runner.ts";
import type { ClientAssets } from "./manifest.ts";
import { BOOT_MODULE, type Project } from "./project.ts";
import type { ProjectFiles } from "../crawl.ts";

/** Who sent a request. */
interface Peer {
  readonly address: string;
  readonly port: number;
}

type NodeMiddleware = (req: IncomingMessage, res: ServerResponse) => void;

/** Answers with the application what Vite itself does not serve. */
export function appMiddleware(server: ViteDevServer, runner: AppRunner): NodeMiddleware {
  const listener = createRequestListener(async (req: Request, client: Peer) => {
    try {
      const handler = await runner.handler();
      return await handler(req, {
        remoteAddr: { transport: "tcp", hostname: client.address, port: client.port },
        completed: Promise.resolve(),
      });
    } catch (error) {
      return loadErrorPage(server, error);
    }
  });
  return (req, res) => {
    // Vite rewrites `url` while it looks for a file of its own.
    req.url = (req as IncomingMessage & { originalUrl?: string }).originalUrl ?? req.url;
    listener(req, res);
  };
}

/** The application could not be loaded: say why, and reload once a change may have helped. */
function loadErrorPage(server: ViteDevServer, error: unknown): Response {
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  server.config.logger.error(text, { error: error instanceof Error ? error : null });
  const escaped = stripVTControlCharacters(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return new Response(
    `<!DOCTYPE html><title>Error</title><script type="module" src="/@vite/client"></script>` +
      `<pre>${escaped}</pre>`,
    { status: 500, headers: { "content-type": "text/html; charset=utf-8" } },
  );
}

/** What pages load from a dev server: sources as they are, and Vite's client for updates. */
export async function devAssets(
  server: ViteDevServer,
  project: Project,
  files: ProjectFiles,
): Promise<ClientAssets> {
  const scripts = [{ url: "/@vite/client", imports: [] }];
  if (project.hasClient) scripts.push({ url: project.devUrl(project.client), imports: [] });
  return {
    id: "dev",
    // Linked as well as imported, so that pages are not shown bare until the client script runs.
    styles: project.hasClient ? await stylesOf(server, project.devUrl(project.client)) : [],
    scripts,
    boot: { url: project.devUrl(BOOT_MODULE), imports: [] },
    islands: new Map(
      files.islands.map((path) => [path, { url: `/${path}`, imports: [], styles: [] }]),
    ),
    files: {},
  };
}

async function stylesOf(server: ViteDevServer, url: string): Promise<string[]> {
  const { client } = server.environments;
  await client.transformRequest(url);
  const module = await client.moduleGraph.getModuleByUrl(url);
  return [...module?.importedModules ?? []]
    .filter((imported) => /\.css$/.test(imported.file ?? ""))
    .map((imported) => imported.url);
}
