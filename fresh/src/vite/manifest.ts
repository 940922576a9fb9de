import type { ClientScript } from "../build.ts";
import type { ProjectFiles } from "../crawl.ts";
import { type Project, RUNTIME_ROOT } from "./project.ts";

/** Evaluated on the server before `main.ts`: tells the runtime of routes, islands and assets. */
export const MANIFEST_ID = "virtual:fresh/manifest";
/** The server bundle's entry. */
export const SERVER_ID = "virtual:fresh/server";

/** What a browser loads for one island module. */
export interface IslandAssets extends ClientScript {
  readonly styles: readonly string[];
}

/** The browser's side of a project, as the dev server or a finished client build has it. */
export interface ClientAssets {
  readonly id: string;
  readonly styles: readonly string[];
  readonly scripts: readonly ClientScript[];
  readonly boot: ClientScript;
  /** By the island's path below the root. */
  readonly islands: ReadonlyMap<string, IslandAssets>;
  /** Path below `client/`, then etag, whether the name is hashed, and the compressed copies. */
  readonly files: Readonly<Record<string, readonly [string, boolean, readonly string[]]>>;
}

export function manifestSource(
  project: Project,
  files: ProjectFiles,
  assets: ClientAssets,
  mode: "development" | "production",
): string {
  const imports: string[] = [
    `import { fileURLToPath } from "node:url";`,
    `import { setBuild } from ${json(`${RUNTIME_ROOT}/src/build.ts`)};`,
  ];
  const routes = files.routes.map((path, index) => {
    imports.push(`import * as route${index} from ${json(project.absolute(`routes/${path}`))};`);
    return `{ path: ${json(path)}, module: route${index} }`;
  });
  const islands = files.islands.map((path, index) => {
    imports.push(`import * as island${index} from ${json(project.absolute(path))};`);
    return `{ module: island${index}, ...${json(assets.islands.get(path))} }`;
  });
  return `${imports.join("\n")}
const files = Object.entries(${json(assets.files)});
const client = files.length > 0 ? fileURLToPath(new URL("./client", import.meta.url)) : "";
setBuild({
  id: ${json(assets.id)},
  mode: ${json(mode)},
  styles: ${json(assets.styles)},
  scripts: ${json(assets.scripts)},
  boot: ${json(assets.boot)},
  routes: [${routes.join(", ")}],
  islands: [${islands.join(", ")}],
  staticFiles: new Map(files.map(([path, [etag, isHashed, encodings]]) =>
    [path, { file: client + path, etag, isHashed, encodings }])),
});
`;
}

export function serverSource(project: Project): string {
  return `import ${json(MANIFEST_ID)};
import { app } from ${json(project.main)};
const fetch = app.handler();
export default { fetch };
`;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
