import { rm } from "node:fs/promises";
import type { Plugin } from "vite";
import type { ProjectFiles } from "../crawl.ts";
import { clientInputs, collectClientAssets } from "./client_build.ts";
import {
  type ClientAssets,
  MANIFEST_ID,
  manifestSource,
  SERVER_ID,
  serverSource,
} from "./manifest.ts";
import type { Project } from "./project.ts";

const OUT_DIR = "_fresh";
const CLIENT_DIR = `${OUT_DIR}/client`;

/** `vite build`: the browser's files first, then a server bundle that knows them. */
export function buildPlugin(project: Project): Plugin {
  let files: ProjectFiles;
  let assets: ClientAssets | null = null;
  return {
    name: "fresh:build",
    apply: "build",
    sharedDuringBuild: true,

    async config() {
      files = await project.crawl();
      return {
        builder: {
          async buildApp(builder) {
            await rm(project.absolute(OUT_DIR), { recursive: true, force: true });
            await builder.build(builder.environments.client!);
            await builder.build(builder.environments.ssr!);
          },
        },
        environments: {
          client: {
            build: {
              outDir: CLIENT_DIR,
              copyPublicDir: true,
              // Pages name what they preload themselves, with the nonce of their policy.
              modulePreload: false,
              rolldownOptions: {
                input: clientInputs(project, files),
                preserveEntrySignatures: "strict",
              },
            },
          },
          ssr: {
            resolve: { noExternal: true },
            build: {
              outDir: OUT_DIR,
              emptyOutDir: false,
              copyPublicDir: false,
              target: "esnext",
              minify: false,
              rolldownOptions: {
                input: { server: SERVER_ID },
                // All in one folder: the manifest finds `client/` beside the chunk that it is in.
                output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
              },
            },
          },
        },
      };
    },

    resolveId(id) {
      return id === MANIFEST_ID || id === SERVER_ID ? `\0${id}` : null;
    },

    load(id) {
      if (id === `\0${SERVER_ID}`) return serverSource(project);
      if (id !== `\0${MANIFEST_ID}`) return null;
      if (!assets) throw new Error("Cannot build the server: the client has not been built");
      return manifestSource(project, files, assets, "production");
    },

    async writeBundle(_, bundle) {
      if (this.environment.name !== "client") return;
      const folder = project.absolute(CLIENT_DIR);
      assets = await collectClientAssets(project, files, bundle, folder);
    },
  };
}
