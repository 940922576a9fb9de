import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Rollup } from "vite";
import type { ClientScript } from "../build.ts";
import { filesBelow, type ProjectFiles } from "../crawl.ts";
import type { ClientAssets, IslandAssets } from "./manifest.ts";
import { BOOT_MODULE, type Project } from "./project.ts";

/** Folder of the files whose names carry a hash of their content. */
const HASHED = "assets";
const COMPRESSIBLE = /\.(?:css|html|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;
/** Below this a compressed copy saves less than its headers cost. */
const MIN_COMPRESSED_BYTES = 1024;

/** The entries of the client build: the boot script, `client.ts`, and one per island module. */
export function clientInputs(project: Project, files: ProjectFiles): Record<string, string> {
  const inputs: Record<string, string> = { boot: BOOT_MODULE };
  if (project.hasClient) inputs.client = project.client;
  for (const path of files.islands) {
    inputs[`island-${path.replace(/\.\w+$/, "").replace(/[^\w]+/g, "-")}`] = project.absolute(path);
  }
  return inputs;
}

/** Reads what was built for the browser, and writes compressed copies of it. */
export async function collectClientAssets(
  project: Project,
  files: ProjectFiles,
  output: Rollup.OutputBundle,
  folder: string,
): Promise<ClientAssets> {
  const chunks = new Map<string, Rollup.OutputChunk>();
  for (const item of Object.values(output)) {
    if (item.type === "chunk") chunks.set(item.fileName, item);
  }
  const chunkOf = (module: string): Rollup.OutputChunk => {
    const chunk = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId === module);
    if (!chunk) throw new Error(`Cannot find the built chunk of ${module}`);
    return chunk;
  };
  const assetsOf = (module: string) => describe(chunkOf(module), chunks);

  const client = project.hasClient ? chunkOf(project.client) : null;
  const served = await describeFiles(folder);
  return {
    id: hash(Buffer.from(JSON.stringify(served))),
    styles: client ? describe(client, chunks).styles : [],
    // A client entry that only imports styles leaves an empty chunk behind.
    scripts: client && !isEmpty(client) ? [scriptOf(describe(client, chunks))] : [],
    boot: scriptOf(assetsOf(BOOT_MODULE)),
    islands: new Map(files.islands.map((path) => [path, assetsOf(project.absolute(path))])),
    files: served,
  };
}

function describe(
  entry: Rollup.OutputChunk,
  chunks: ReadonlyMap<string, Rollup.OutputChunk>,
): IslandAssets {
  const imports = new Set<string>();
  const styles = new Set<string>();
  const visit = (chunk: Rollup.OutputChunk) => {
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(`/${style}`);
    for (const name of chunk.imports) {
      const imported = chunks.get(name);
      if (!imported || imports.has(`/${name}`)) continue;
      imports.add(`/${name}`);
      visit(imported);
    }
  };
  visit(entry);
  return { url: `/${entry.fileName}`, imports: [...imports], styles: [...styles] };
}

function scriptOf({ url, imports }: IslandAssets): ClientScript {
  return { url, imports };
}

function isEmpty({ code, imports }: Rollup.OutputChunk): boolean {
  return imports.length === 0 && code.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "").trim() === "";
}

async function describeFiles(folder: string): Promise<ClientAssets["files"]> {
  const files: Record<string, readonly [string, boolean, readonly string[]]> = {};
  for (const path of await filesBelow(folder)) {
    const content = await readFile(`${folder}/${path}`);
    const encodings = await compress(`${folder}/${path}`, content);
    files[`/${path}`] = [hash(content), path.startsWith(`${HASHED}/`), encodings];
  }
  return files;
}

async function compress(file: string, content: Uint8Array): Promise<string[]> {
  if (!COMPRESSIBLE.test(extname(file)) || content.length < MIN_COMPRESSED_BYTES) return [];
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${file}.br`, brotliCompressSync(content, { params }));
  await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
  return ["br", "gzip"];
}

function hash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 16);
}
