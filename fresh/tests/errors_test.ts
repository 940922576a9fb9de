import assert from "node:assert/strict";
import { App, type Context, HttpError } from "fresh";
import { requester, useBuild, withErrorLog } from "./support/request.ts";

const fail = (message: string) => (): Response => {
  throw new Error(message);
};
const addHeader = async (ctx: Context): Promise<Response> => {
  const response = await ctx.next();
  response.headers.set("x-seen", String(response.status));
  return response;
};

Deno.test("a middleware before onError() sees the mapped answer of a handler that throws", async () => {
  const app = new App().use(addHeader)
    .onError("*", (ctx) => ctx.text("mapped", { status: 503 })).get("/t", fail("x"));
  const answer = await requester(app)("/t");
  assert.deepEqual([answer.text, answer.headers.get("x-seen")], ["mapped", "503"]);
});

Deno.test("a middleware before fsRoutes() sees the answer of _error.tsx", async () => {
  useBuild({
    routes: [
      { path: "_error.tsx", module: { default: () => "page" } },
      { path: "t.ts", module: { handler: fail("x") } },
    ],
  });
  const answer = await requester(new App().use(addHeader).fsRoutes())("/t");
  assert.deepEqual([answer.status, answer.headers.get("x-seen")], [500, "500"]);
});

Deno.test("onError() for a path goes before the error page of routes/", async () => {
  useBuild({
    routes: [
      { path: "_error.tsx", module: { default: () => "page" } },
      { path: "api/t.ts", module: { handler: fail("x") } },
      { path: "t.ts", module: { handler: fail("x") } },
    ],
  });
  const app = new App().onError("/api/*", (ctx) => ctx.json({}, { status: 500 })).fsRoutes();
  const get = requester(app);
  assert.equal((await get("/api/t")).text, "{}");
  assert.match((await get("/t")).text, /page/);
});

Deno.test("what an error handler throws goes to the next one, then to the bare answer", async () => {
  const app = new App()
    .onError("*", (ctx) => {
      if (String(ctx.error).includes("deep")) throw new Error("root fails too");
      return ctx.text(`root got ${ctx.error}`, { status: 500 });
    })
    .onError("/a", (ctx) => {
      throw new Error(`a got ${(ctx.error as Error).message}`);
    })
    .get("/a/t", fail("x"))
    .get("/a/deep", fail("deep"));
  const get = requester(app);
  assert.equal((await get("/a/t")).text, "root got Error: a got x");
  const logged = await withErrorLog(async () => {
    assert.equal((await get("/a/deep")).text, "Internal server error");
  });
  assert.deepEqual(logged.map(String), ["Error: root fails too"]);
});

Deno.test("a guard on a path holds for the catch-all route that covers it", async () => {
  const app = new App()
    .use("/admin", () => {
      throw new HttpError(403);
    })
    .get("/:rest*", (ctx) => ctx.text(ctx.params.rest!));
  const get = requester(app);
  assert.equal((await get("/admin/users")).status, 403);
  assert.equal((await get("//admin")).status, 403);
  assert.equal((await get("/administer")).text, "administer");
});

Deno.test("405 names the methods there are, and passes through the middlewares", async () => {
  const app = new App().use(addHeader).get("/a", (ctx) => ctx.text("a")).post("/a", fail("x"))
    .onError("*", fail("not asked: registered too late"));
  const answer = await requester(app)("/a", { method: "DELETE" });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("allow"), "GET, POST");
});

Deno.test("ctx.redirect() never leaves the host by a path", () => {
  const locations: (string | null)[] = [];
  const paths = [
    "//evil.com",
    "/\\evil.com",
    "\\\\evil.com",
    "/\t/evil.com",
    " //evil.com",
    "/a//b",
  ];
  const app = new App().get("/r", (ctx) => {
    for (const path of paths) locations.push(ctx.redirect(path).headers.get("location"));
    return ctx.redirect("https://example.com/x", 303);
  });
  return requester(app)("/r").then(({ status, headers }) => {
    assert.deepEqual([status, headers.get("location")], [303, "https://example.com/x"]);
    assert.deepEqual(locations, [
      "/evil.com",
      "/evil.com",
      "/evil.com",
      "/evil.com",
      "/evil.com",
      "/a//b",
    ]);
  });
});

Deno.test("trustProxy takes protocol and host from the first proxy", async () => {
  const show = (ctx: Context) => ctx.text(ctx.url.href);
  const headers = { "x-forwarded-proto": "https, http", "x-forwarded-host": "lm.example" };
  const trusting = requester(new App({ trustProxy: true }).get("/a", show));
  assert.equal((await trusting("/a", { headers })).text, "https://lm.example/a");
  const wary = requester(new App().get("/a", show));
  assert.equal((await wary("/a", { headers })).text, "http://localhost/a");
});
