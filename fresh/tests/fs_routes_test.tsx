import assert from "node:assert/strict";
import { App, type Context, HttpError, page, type PageProps } from "fresh";
import { patternOf } from "../src/fs_routes.ts";
import { useFsRoutes } from "../testing.ts";
import { requester, useBuild } from "./support/request.ts";

type Modules = Record<string, Record<string, unknown>>;

function useRoutes(modules: Modules): void {
  useBuild({ routes: Object.entries(modules).map(([path, module]) => ({ path, module })) });
}

const text = (content: string) => ({ handler: (ctx: Context) => ctx.text(content) });
const wrapper = (name: string) => ({
  default: ({ Component }: PageProps) => (
    <>
      {name}
      <Component />
    </>
  ),
});
const tag = (name: string) => (ctx: Context<{ tags?: string }>) => {
  ctx.state.tags = (ctx.state.tags ?? "") + name;
  return ctx.next();
};

Deno.test("patternOf() maps file names to patterns", () => {
  assert.equal(patternOf("index.tsx"), "/");
  assert.equal(patternOf("about.ts"), "/about");
  assert.equal(patternOf("blog/index.ts"), "/blog");
  assert.equal(patternOf("blog/[slug]/comments.ts"), "/blog/:slug/comments");
  assert.equal(patternOf("old/[...path].ts"), "/old/:path*");
  assert.equal(patternOf("docs/[[version]]/index.ts"), "/docs{/:version}?");
  assert.equal(patternOf("(shop)/cart.tsx"), "/cart");
  assert.equal(patternOf("export/[name].csv.ts"), "/export/:name.csv");
});

Deno.test("fsRoutes() tries the most specific file first", async () => {
  useRoutes({
    "[...rest].ts": text("rest"),
    "[id].ts": text("id"),
    "a/[...rest].ts": text("a rest"),
    "a/[[opt]].ts": text("a optional"),
    "a/b.ts": text("a b"),
    "index.ts": text("index"),
  });
  const get = requester(new App().fsRoutes());
  const bodies: string[] = [];
  for (const path of ["/", "/x", "/x/y", "/a", "/a/b", "/a/c", "/a/c/d"]) {
    bodies.push((await get(path)).text);
  }
  assert.deepEqual(bodies, ["index", "id", "rest", "a optional", "a b", "a optional", "a rest"]);
});

Deno.test("fsRoutes() applies layouts and middlewares by folder, groups included", async () => {
  const show = { default: ({ state }: PageProps<undefined, { tags: string }>) => state.tags };
  useRoutes({
    "_layout.tsx": wrapper("root>"),
    "_middleware.ts": { default: [tag("1"), tag("2")] },
    "(shop)/_layout.tsx": wrapper("shop>"),
    "(shop)/_middleware.ts": { default: tag("s") },
    "(shop)/cart.tsx": show,
    "blog/[id]/_middleware.ts": { default: tag("b") },
    "blog/[id]/index.tsx": show,
    "bare.tsx": { ...show, config: { skipInheritedLayouts: true } },
    "moved.tsx": { ...show, config: { routeOverride: "/elsewhere/:x" } },
    "plain.tsx": show,
  });
  const get = requester(new App<{ tags?: string }>().fsRoutes());
  const bodyOf = async (path: string) => /<body>(.*)<\/body>/.exec((await get(path)).text)?.[1];
  assert.equal(await bodyOf("/cart"), "root&gt;shop&gt;12s".replaceAll("&gt;", ">"));
  assert.equal(await bodyOf("/plain"), "root>12");
  assert.equal(await bodyOf("/blog/7"), "root>12b");
  assert.equal(await bodyOf("/bare"), "12");
  assert.equal(await bodyOf("/elsewhere/1"), "root>12");
  assert.equal((await get("/moved")).status, 404);
});

Deno.test("fsRoutes() runs the middlewares of a folder for its unknown paths, not a group's", async () => {
  const seen: string[] = [];
  const note = (name: string) => (ctx: Context) => {
    seen.push(name);
    return ctx.next();
  };
  useRoutes({
    "_middleware.ts": { default: note("root") },
    "api/_middleware.ts": { default: note("api") },
    "(shop)/_middleware.ts": { default: note("shop") },
  });
  await requester(new App().fsRoutes())("/api/none");
  assert.deepEqual(seen, ["root", "api"]);
});

Deno.test("a file route answers 404 to a method it lacks, and OPTIONS with Allow", async () => {
  useRoutes({ "a.ts": { handler: { POST: () => new Response("made", { status: 201 }) } } });
  const send = requester(new App().fsRoutes());
  assert.equal((await send("/a")).status, 404);
  assert.equal((await send("/a", { method: "POST" })).status, 201);
  const options = await send("/a", { method: "OPTIONS" });
  assert.deepEqual([options.status, options.headers.get("allow")], [204, "POST"]);
});

Deno.test("a page renders the data, status and headers of its handler", async () => {
  useRoutes({
    "p.tsx": {
      handler: { POST: () => page({ n: 1 }, { status: 422, headers: { "x-a": "b" } }) },
      default: ({ data }: PageProps<{ n: number } | undefined>) => <p>{data?.n ?? "none"}</p>,
    },
  });
  const send = requester(new App().fsRoutes());
  assert.match((await send("/p")).text, /<p>none<\/p>/);
  const posted = await send("/p", { method: "POST" });
  assert.deepEqual([posted.status, posted.headers.get("x-a")], [422, "b"]);
  assert.match(posted.text, /<p>1<\/p>/);
});

Deno.test("fsRoutes(path) and mountApp() put routes below a path", async () => {
  useRoutes({ "a.ts": text("file") });
  const inner = new App().get("/b", (ctx) => ctx.text(`inner ${ctx.route}`));
  const get = requester(new App({ basePath: "/base" }).fsRoutes("/files").mountApp("/in", inner));
  assert.equal((await get("/base/files/a")).text, "file");
  assert.equal((await get("/base/in/b")).text, "inner /in/b");
  assert.equal((await get("/files/a")).status, 404);
});

Deno.test("a page sets state and head for the wrapper around it", async () => {
  useRoutes({
    "_app.tsx": {
      default: ({ Component, state }: PageProps<undefined, { lang?: string }>) => (
        <html lang={state.lang}>
          <body>
            <Component />
          </body>
        </html>
      ),
    },
    "a.tsx": {
      default: ({ state }: PageProps<undefined, { lang?: string }>) => {
        state.lang = "cy";
        return <p>a</p>;
      },
    },
  });
  const { text } = await requester(new App<{ lang?: string }>().fsRoutes())("/a");
  assert.equal(text, '<!DOCTYPE html><html lang="cy"><body><p>a</p></body></html>');
});

Deno.test("useFsRoutes() serves the files of a project in process", async () => {
  await useFsRoutes(new URL("./fixture", import.meta.url));
  const app = new App<{ greeting: string }>()
    .use((ctx) => {
      ctx.state.greeting = "from a test";
      return ctx.next();
    })
    .fsRoutes();
  const get = requester(app);
  const home = await get("/");
  assert.equal(home.status, 200);
  assert.match(home.text, /from a test/);
  assert.match(home.text, /<!--fresh:island:0--><section/);
  assert.match((await get("/blog/missing")).text, /<h1>404<\/h1>/);
  assert.deepEqual(JSON.parse((await get("/api/items")).text), [1, 2]);
});

Deno.test("an HttpError keeps its status through _error.tsx, inside _app.tsx", async () => {
  useRoutes({
    "_app.tsx": wrapper("app>"),
    "_error.tsx": { default: ({ error }: PageProps) => String((error as Error).message) },
    "_404.tsx": { default: () => "nothing here" },
    "t.ts": {
      handler: () => {
        throw new HttpError(409, "taken");
      },
    },
  });
  const get = requester(new App().fsRoutes());
  const conflict = await get("/t");
  assert.deepEqual([conflict.status, conflict.text], [409, "<!DOCTYPE html>app>taken"]);
  const missing = await get("/none");
  assert.deepEqual([missing.status, missing.text], [404, "<!DOCTYPE html>app>nothing here"]);
});
