import { dirname, resolve } from "node:path";
import type { Plugin } from "vite";

const NEW_WORKER =
  /new\s+Worker\(\s*new\s+URL\(\s*(["'])(\.{1,2}\/[^"']+)\1\s*,\s*import\.meta\.url\s*\)/g;

/**
 * Builds the modules of `new Worker(new URL("./file.ts", import.meta.url))` in server code as
 * chunks of their own, where the bundle would otherwise point at a source beside itself.
 */
export function workerPlugin(): Plugin {
  return {
    name: "fresh:worker",
    apply: "build",
    enforce: "pre",
    applyToEnvironment: ({ config }) => config.consumer === "server",
    transform(code, id) {
      if (!code.includes("new Worker(")) return null;
      return code.replace(NEW_WORKER, (_, __, path: string) => {
        const file = resolve(dirname(id), path);
        const reference = this.emitFile({ type: "chunk", id: file });
        return `new Worker(import.meta.ROLLUP_FILE_URL_${reference}`;
      });
    },
    // Vite's own answer is a path from the web root.
    resolveFileUrl: ({ relativePath }) =>
      `new URL(${JSON.stringify(`./${relativePath}`)}, import.meta.url).href`,
  };
}
