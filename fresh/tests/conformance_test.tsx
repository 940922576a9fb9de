// Behaviour that Fresh 2.3.3 has too: this file passes there unchanged.
// deno-lint-ignore-file no-console no-explicit-any -- the default handler logs, and casts keep it terse
import assert from "node:assert/strict";
import { App, HttpError, page, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
const S = (app: App<any>) => {
  const h = app.handler();
  return async (p: string, init?: RequestInit) => {
    const r = await h(new Request("http://localhost" + p, init));
    return { status: r.status, headers: r.headers, text: await r.text() };
  };
};
const body = (t: string) =>
  t.replace(/<!--.*?-->/g, "").match(/<body[^>]*>([^]*)<\/body>/)?.[1]?.replace(
    /<script[^]*?<\/script>/g,
    "",
  ) ?? t;

Deno.test("order: middleware after a route does not apply", async () => {
  const get = S(
    new App().get("/a", (c) => c.text("a")).use(async (c) => {
      const r = await c.next();
      r.headers.set("x", "1");
      return r;
    }).get("/b", (c) => c.text("b")),
  );
  assert.equal((await get("/a")).headers.get("x"), null);
  assert.equal((await get("/b")).headers.get("x"), "1");
});
Deno.test("scoped middleware", async () => {
  const get = S(
    new App<{ n: string }>().use((c) => {
      c.state.n = "r";
      return c.next();
    }).use("/x", (c) => {
      c.state.n += "x";
      return c.next();
    }).get("/x/y", (c) => c.text(c.state.n)).get("/z", (c) => c.text(c.state.n)).get(
      "/x",
      (c) => c.text(c.state.n),
    ),
  );
  assert.equal((await get("/x/y")).text, "rx");
  assert.equal((await get("/z")).text, "r");
  assert.equal((await get("/x")).text, "rx");
});
Deno.test("404, 405, OPTIONS, HEAD", async () => {
  const get = S(new App().get("/a", (c) => c.text("a")));
  const log = console.error;
  console.error = () => {};
  assert.equal((await get("/nope")).status, 404);
  assert.equal((await get("/nope")).text, "Not Found");
  assert.equal((await get("/a", { method: "POST" })).status, 405);
  const o = await get("/a", { method: "OPTIONS" });
  assert.equal(o.status, 204);
  assert.equal(o.headers.get("allow"), "GET");
  assert.equal((await get("/a", { method: "HEAD" })).status, 200);
  console.error = log;
});
Deno.test("errors", async () => {
  const log = console.error;
  console.error = () => {};
  const get = S(
    new App().onError("*", (c) => c.text("root " + (c.error as Error).message, { status: 500 }))
      .onError("/foo", (c) => c.text("foo", { status: 500 })).notFound((c) =>
        c.text("nf " + c.url.pathname, { status: 404 })
      ).get("/t", () => {
        throw new Error("x");
      }).get("/foo/t", () => {
        throw new Error("x");
      }).get("/four", () => {
        throw new HttpError(404);
      }).get("/teapot", () => {
        throw new HttpError(418, "tea");
      }),
  );
  assert.equal((await get("/t")).text, "root x");
  assert.equal((await get("/foo/t")).text, "foo");
  assert.equal((await get("/four")).text, "nf /four");
  assert.equal((await get("/nope")).text, "nf /nope");
  assert.equal((await get("/teapot")).text, "root tea");
  const bare = S(
    new App().get("/t", () => {
      throw new Error("secret");
    }).get("/h", () => {
      throw new HttpError(403);
    }),
  );
  assert.deepEqual([(await bare("/t")).status, (await bare("/t")).text], [
    500,
    "Internal server error",
  ]);
  assert.deepEqual([(await bare("/h")).status, (await bare("/h")).text], [403, "Forbidden"]);
  console.error = log;
});
const L = (n: string) => ({ Component }: PageProps) => (
  <div class={n}>
    <Component />
  </div>
);
Deno.test("layouts", async () => {
  const l = (n: string) => L(n) as any;
  const get = S(
    new App().layout("*", l("r")).layout("/a", l("a")).layout("/l", l("l"), {
      skipInheritedLayouts: true,
    }).get("/", (c) => c.render(<i>1</i>)).get("/a/b", (c) => c.render(<i>2</i>)).get(
      "/l",
      (c) => c.render(<i>3</i>),
    ).get("/s", (c) =>
      c.render(<i>4</i>, { status: 201, headers: { "x-a": "1" } }, {
        skipInheritedLayouts: true,
      })),
  );
  assert.equal(body((await get("/")).text), '<div class="r"><i>1</i></div>');
  assert.equal(
    body((await get("/a/b")).text),
    '<div class="r"><div class="a"><i>2</i></div></div>',
  );
  assert.equal(body((await get("/l")).text), '<div class="l"><i>3</i></div>');
  const s = await get("/s");
  assert.deepEqual([s.status, s.headers.get("x-a"), body(s.text)], [201, "1", "<i>4</i>"]);
  assert.match(s.headers.get("content-type")!, /^text\/html; ?charset=utf-8$/);
});
Deno.test("route()", async () => {
  const P = (p: PageProps<{ n: number }>) => <b>{p.data?.n ?? "none"} {p.params.id} {p.route}</b>;
  const get = S(
    new App().route("/r/:id", {
      handler: {
        GET: () => page({ n: 7 }, { status: 202 }),
        POST: (c) => c.redirect("//evil.com/x?y=//z"),
      },
      component: P,
    }).route("/p", { component: () => <b>only</b> }),
  );
  const r = await get("/r/q%20s");
  assert.deepEqual([r.status, body(r.text)], [202, "<b>7 q s /r/:id</b>"]);
  const red = await get("/r/1", { method: "POST" });
  assert.deepEqual([red.status, red.headers.get("location")], [302, "/evil.com/x?y=//z"]);
  assert.equal(body((await get("/p")).text), "<b>only</b>");
});
Deno.test("params, query, slashes, basePath", async () => {
  const get = S(
    new App({ basePath: "/base" }).get(
      "/u/:a/:b?",
      (c) => c.json([c.params.a, c.params.b, c.url.searchParams.get("q")]),
    ).get("/w/*", (c) => c.text("w")).all("/all", (c) => c.text(c.req.method)),
  );
  assert.equal((await get("/base/u/1/2?q=x")).text, '["1","2","x"]');
  assert.equal((await get("/base/u/1")).text, '["1","",null]');
  assert.equal((await get("/base//w/1/2")).text, "w");
  assert.equal((await get("/base/all", { method: "PUT" })).text, "PUT");
  assert.equal((await get("/u/1")).status, 404);
});
Deno.test("Head and async", async () => {
  const W = ({ Component }: any) => (
    <html>
      <head>
        <meta charset="utf-8" />
        <title>base</title>
        <meta name="d" content="0" />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
  const A = (async (c: any) => {
    await 0;
    c.state.z = 1;
    return (
      <p>
        <Head>
          <title>new</title>
          <meta name="d" content="1" />
        </Head>x
      </p>
    );
  }) as any;
  const get = S(new App().appWrapper(W).route("/", { component: A }));
  const t = (await get("/")).text;
  assert.equal(t.match(/<title>/g)!.length, 1);
  assert.ok(t.includes("<title>new</title>"));
  assert.equal(t.match(/name="d"/g)!.length, 1);
  assert.ok(t.includes('content="1"'));
  assert.ok(t.startsWith("<!DOCTYPE html><html>"));
});
Deno.test("async page may answer with a Response", async () => {
  const A = (async () => {
    await 0;
    return new Response("r", { status: 418 });
  }) as any;
  assert.equal((await S(new App().route("/", { component: A }))("/")).status, 418);
});
