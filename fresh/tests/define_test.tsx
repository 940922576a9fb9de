import assert from "node:assert/strict";
import { App, createDefine, page } from "fresh";
import { requester } from "./support/request.ts";

const define = createDefine<{ user: string }>();

Deno.test("createDefine() carries state and data from handlers to their page", async () => {
  const handler = define.handlers({
    GET: (ctx) => page({ greeting: `hello ${ctx.state.user}` }),
    POST(ctx) {
      return ctx.req.headers.has("x-json") ? ctx.json(1) : page({ greeting: "posted" });
    },
  });
  const component = define.page<typeof handler>(({ data, state }) => {
    const greeting: string = data.greeting;
    return <p>{greeting} ({state.user.length})</p>;
  });
  const setUser = define.middleware((ctx) => {
    ctx.state.user = "ada";
    return ctx.next();
  });
  const layout = define.layout(({ Component, state }) => (
    <main title={state.user}>
      <Component />
    </main>
  ));
  const app = new App<{ user: string }>()
    .use(setUser)
    .layout("*", layout)
    .route("/", { handler, component });
  const send = requester(app);
  assert.match((await send("/")).text, /<main title="ada"><p>hello ada \(3\)<\/p><\/main>/);
  assert.match((await send("/", { method: "POST" })).text, /<p>posted/);
  assert.equal((await send("/", { method: "POST", headers: { "x-json": "1" } })).text, "1");
});

Deno.test("define.handlers() takes one function for every method", async () => {
  const handler = define.handlers((ctx) => page(ctx.req.method));
  const component = define.page<typeof handler>(async ({ data }) => {
    await Promise.resolve();
    return <p>{data.toLowerCase()}</p>;
  });
  const send = requester(new App<{ user: string }>().route("/", { handler, component }));
  assert.match((await send("/", { method: "DELETE" })).text, /<p>delete<\/p>/);
});
