import { isRunnableDevEnvironment, type Plugin, type ViteDevServer } from "vite";
import { AppRunner } from "./app_runner.ts";
import { appMiddleware, devAssets } from "./dev_server.ts";
import { MANIFEST_ID, manifestSource } from "./manifest.ts";
import type { Project } from "./project.ts";
import { forwardSockets } from "./socket_proxy.ts";

/** `vite`: runs the application from source. Islands are updated in place, all else reloads. */
export function devPlugin(project: Project): Plugin {
  let server: ViteDevServer;
  let runner: AppRunner | null = null;
  return {
    name: "fresh:dev",
    apply: "serve",

    configResolved({ environments }) {
      // Prefresh asks for packages of its own that only it can resolve, and imports them by path.
      const { optimizeDeps } = environments.client!;
      optimizeDeps.include = optimizeDeps.include?.filter((name) => !name.startsWith("@prefresh/"));
    },

    configureServer(created) {
      server = created;
      const { ssr } = server.environments;
      if (!isRunnableDevEnvironment(ssr)) throw new Error("Cannot run the app: ssr has no runner");
      const app = runner = new AppRunner(ssr, project);
      server.httpServer?.once("listening", () => {
        // Work in the background starts with the server; a page shows why the app does not load.
        app.handler().catch(() => {});
      });
      if (server.httpServer) forwardSockets(server.httpServer, () => app.handler());
      // After Vite's own: sources and files of `static/` are not for the application.
      return () => {
        server.middlewares.use(appMiddleware(server, app));
      };
    },

    resolveId(id) {
      return id === MANIFEST_ID ? `\0${MANIFEST_ID}` : null;
    },

    async load(id) {
      if (id !== `\0${MANIFEST_ID}`) return null;
      const files = await project.crawl();
      return manifestSource(project, files, await devAssets(server, project, files), "development");
    },

    hotUpdate({ file, type }) {
      if (!runner) return;
      const affectsPages = runner.affectsPages(file, type);
      if (this.environment.name === "client") {
        // The page is reloaded as a whole, once the server has taken the change on.
        return affectsPages ? [] : undefined;
      }
      const changed = runner.change(file, type);
      const reload = () => server.environments.client.hot.send({ type: "full-reload" });
      if (affectsPages) changed.then(reload, reload);
      // The runner has handled it: Vite would evaluate everything again, `main.ts` first.
      return [];
    },

    async closeBundle() {
      if (this.environment.name === "ssr") await runner?.dispose();
    },
  };
}
