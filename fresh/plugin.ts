/** The Vite plugin: `plugins: [fresh()]`. Run Vite with `--configLoader native`. */
import prefresh from "@prefresh/vite";
import type { Plugin, PluginOption } from "vite";
import { buildPlugin } from "./src/vite/build_plugin.ts";
import { devPlugin } from "./src/vite/dev_plugin.ts";
import { type FreshOptions, Project } from "./src/vite/project.ts";
import { projectPlugin } from "./src/vite/project_plugin.ts";
import { workerPlugin } from "./src/vite/worker_plugin.ts";

export type { FreshOptions };

export function fresh(options: FreshOptions = {}): PluginOption[] {
  const project = new Project(options);
  return [
    projectPlugin(project),
    devPlugin(project),
    buildPlugin(project),
    workerPlugin(),
    // Its types name another copy of Vite's than ours.
    prefresh() as Promise<Plugin>,
  ];
}

export default fresh;
