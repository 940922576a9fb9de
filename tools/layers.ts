// deno-lint-ignore-file no-console -- a command line tool
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** One import of a project file, by paths relative to the root; npm packages keep their name. */
interface Import {
  from: string;
  to: string;
  isTypeOnly: boolean;
}

interface Rule {
  name: string;
  /** True if the rule has something against this import. */
  forbids: (edge: Import) => boolean;
}

const FOLDERS = [
  "assets",
  "components",
  "demo",
  "fresh",
  "islands",
  "lib",
  "migrations",
  "routes",
  "workers",
];
/** Technical ground: it may be used by every domain and knows none. */
const GROUND = /^lib\/(?:(?:db|events|http|jobs|shared|storage|text)\/|[a-z_]+\.ts$)/;
/** What a domain shows to the others. */
const FACE = /^lib\/\w+\/(?:service|schema|viewer)\.ts$/;
/** Domains that exist to describe or to prepare the others for the edge. */
const OVERVIEW = /^lib\/(?:openapi|pages)\//;

/** Rendered by routes alone, so it may place islands. */
const PAGE_BODY = /^components\/.*Page\.tsx$/;
/** The one component that writes foreign HTML, which it sanitises on the server. */
const SANITISER = "components/SanitisedHtml.tsx";

const below = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const isLib = below("lib");
const isRoute = below("routes");
const isUi = (path: string) => /^(?:islands|components|routes)\//.test(path);
const isFramework = (path: string) => /^(?:fresh\/|npm:(?:preact|@preact\/))/.test(path);
const domainOf = (path: string) =>
  isLib(path) && !GROUND.test(path) ? /^lib\/(\w+)\//.exec(path)?.[1] ?? null : null;

const RULES: Rule[] = [
  {
    name: "lib knows neither Fresh nor Preact nor the edge",
    forbids: ({ from, to, isTypeOnly }) =>
      isLib(from) &&
      (isFramework(to) || isUi(to) ||
        (/^(?:app|main|services|serve|define)\.ts$/.test(to) && !isTypeOnly)),
  },
  {
    name: "technical ground knows no domain",
    forbids: ({ from, to, isTypeOnly }) =>
      GROUND.test(from) && domainOf(to) !== null && !isTypeOnly,
  },
  {
    name: "lib/shared runs in browsers: it imports nothing else of lib",
    forbids: ({ from, to, isTypeOnly }) =>
      below("lib/shared")(from) && isLib(to) && !below("lib/shared")(to) && !isTypeOnly,
  },
  {
    name: "islands and components use lib/shared only",
    forbids: ({ from, to, isTypeOnly }) =>
      /^(?:islands|components)\//.test(from) && isLib(to) && !below("lib/shared")(to) &&
      !isTypeOnly && from !== SANITISER,
  },
  {
    name: "islands use no component that only a server can render",
    forbids: ({ from, to }) => below("islands")(from) && (to === SANITISER || PAGE_BODY.test(to)),
  },
  {
    name: "components know no islands but page bodies, and neither knows the routes",
    forbids: ({ from, to, isTypeOnly }) =>
      (below("components")(from) && below("islands")(to) && !isTypeOnly &&
        !PAGE_BODY.test(from)) ||
      (/^(?:islands|components)\//.test(from) && isRoute(to)),
  },
  {
    name: "a domain reaches another through its service or schema",
    forbids: ({ from, to, isTypeOnly }) => {
      const [own, other] = [domainOf(from), domainOf(to)];
      return own !== null && other !== null && own !== other && !isTypeOnly && !FACE.test(to) &&
        !OVERVIEW.test(from);
    },
  },
  {
    name: "routes call services: no repository, no database",
    forbids: ({ from, to, isTypeOnly }) =>
      isRoute(from) && (/repository\.ts$/.test(to) || below("lib/db")(to)) && !isTypeOnly,
  },
  {
    name: "the runtime knows nothing of this application",
    forbids: ({ from, to }) =>
      below("fresh")(from) && !below("fresh")(to) && !/^(?:npm|node):/.test(to),
  },
  {
    name: "migrations are frozen: they import nothing of lib",
    forbids: ({ from, to }) => below("migrations")(from) && isLib(to),
  },
];

async function* sourceFiles(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name, isDirectory } of entries) {
    const path = `${folder}/${name}`;
    if (isDirectory && name !== "tests") yield* sourceFiles(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

interface ModuleGraph {
  modules: {
    specifier: string;
    dependencies?: { specifier: string; code?: Target; type?: Target; isDynamic?: boolean }[];
  }[];
}
interface Target {
  specifier?: string;
}

/** Every import of the project, from one `deno info` over a module that imports all files. */
async function readImports(root: string): Promise<Import[]> {
  const files = ["app.ts", "main.ts", "services.ts", "define.ts"];
  for (const folder of FOLDERS) files.push(...await Array.fromAsync(sourceFiles(folder)));
  const entry = await Deno.makeTempFile({ dir: root, prefix: ".layers-", suffix: ".ts" });
  try {
    await Deno.writeTextFile(entry, files.map((file) => `import "./${file}";\n`).join(""));
    const { stdout, success, stderr } = await new Deno.Command("deno", {
      args: ["info", "--json", entry],
    }).output();
    if (!success) {
      throw new Error(`Cannot read the module graph: ${new TextDecoder().decode(stderr)}`);
    }
    const graph: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
    const local = (specifier: string) =>
      specifier.startsWith("file:") ? relative(root, fileURLToPath(specifier)) : specifier;
    return graph.modules
      .filter(({ specifier }) => specifier !== pathToFileURL(entry).href)
      .flatMap(({ specifier, dependencies = [] }) =>
        dependencies.map(({ code, type, specifier: written }) => ({
          from: local(specifier),
          to: local(code?.specifier ?? type?.specifier ?? written),
          isTypeOnly: code === undefined,
        }))
      );
  } finally {
    await Deno.remove(entry);
  }
}

if (import.meta.main) {
  const imports = await readImports(Deno.cwd());
  const violations = imports.flatMap((edge) =>
    RULES.filter(({ forbids }) => forbids(edge)).map(({ name }) =>
      `${edge.from} → ${edge.to}: ${name}`
    )
  );
  for (const line of violations.sort()) console.error(line);
  console.log(`${imports.length} imports checked, ${violations.length} against the layers`);
  if (violations.length > 0) Deno.exit(1);
}
