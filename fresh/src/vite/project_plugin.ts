import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { bareSpecifier, readDenoConfig } from "./deno_config.ts";
import { type Project, RUNTIME_ROOT } from "./project.ts";

/** Compiled by Vite for the browser and left to Deno on the server: one copy of each, everywhere. */
const SHARED = ["preact", "@preact/signals"];

/** Teaches Vite what Deno knows of the project: its import map, its JSX, its folders. */
export function projectPlugin(project: Project): Plugin {
  let npmNames: ReadonlySet<string> = new Set();
  return {
    name: "fresh:project",
    enforce: "pre",
    sharedDuringBuild: true,

    config({ root = Deno.cwd() }) {
      project.setRoot(root);
      const deno = readDenoConfig(project.root);
      npmNames = deno.npmNames;
      return {
        appType: "custom",
        publicDir: "static",
        cacheDir: project.absolute("node_modules/.vite"),
        resolve: { alias: deno.aliases, dedupe: SHARED },
        // The same transform as Deno's own, so that tests see the markup that a build sends.
        oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
        server: {
          fs: { allow: [project.root, RUNTIME_ROOT, ...nodeModulesAbove(project.root)] },
          // A database below the root would report a change with every write.
          watch: { ignored: deno.excluded.flatMap((path) => [path, `${path}/**`]) },
        },
        optimizeDeps: {
          include: [...SHARED, "preact/hooks", "preact/jsx-runtime", "devalue"],
          // There is no index.html to find them from.
          entries: ["islands/**/*.{ts,tsx}", project.relative(project.client)],
        },
      };
    },

    async resolveId(source, importer) {
      const bare = bareSpecifier(source);
      if (bare !== null) return await this.resolve(bare, importer);
      const { mode, config } = this.environment;
      if (mode !== "build" || config.consumer !== "server") return null;
      // Native addons and WebAssembly find their files by their own place in node_modules, so the
      // bundle leaves out all that Deno can resolve beside it.
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? "";
      return npmNames.has(name) && !source.endsWith(".css") ? { id: source, external: true } : null;
    },
  };
}

function nodeModulesAbove(root: string): string[] {
  const found: string[] = [];
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules");
    if (existsSync(candidate)) found.push(candidate);
  }
  return found;
}
