import assert from "node:assert/strict";
import { App, csp } from "fresh";
import { requester } from "./support/request.ts";

const HEADER = "content-security-policy";
const STATIC_STYLE = <style>{"body{}"}</style>;

Deno.test("csp() with useNonce allows the scripts and styles of each render, and no others", async () => {
  const app = new App()
    .use(
      csp({ useNonce: true, csp: ["script-src 'self' 'strict-dynamic'", "img-src 'self' blob:"] }),
    )
    .get("/", (ctx) =>
      ctx.render(
        <main>
          {STATIC_STYLE}
          <script>1</script>
          <script nonce="own">2</script>
        </main>,
      ));
  const get = requester(app);
  const nonces = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const { headers, text } = await get("/");
    const policy = headers.get(HEADER)!;
    const nonce = /script-src 'self' 'strict-dynamic' 'nonce-(\w{32})'/.exec(policy)![1]!;
    nonces.add(nonce);
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
    assert.ok(policy.includes("img-src 'self' blob:"), policy);
    assert.doesNotMatch(policy, /unsafe-inline|data:/);
    assert.ok(text.includes(`<style nonce="${nonce}">`), text);
    assert.ok(text.includes(`<script nonce="${nonce}">1`), text);
    assert.ok(text.includes('<script nonce="own">2'), text);
  }
  assert.equal(nonces.size, 2);
});

Deno.test("csp() with useNonce allows nothing inline on answers that are not rendered", async () => {
  const get = requester(new App().use(csp({ useNonce: true })).get("/", (ctx) => ctx.json(1)));
  assert.match((await get("/")).headers.get(HEADER)!, /script-src 'self';/);
});

Deno.test("csp() sets the nonce of an error page, and copies answers it cannot change", async () => {
  const app = new App()
    .use(csp({ useNonce: true }))
    .onError((ctx) => ctx.render(<script>1</script>, { status: 500 }))
    .get("/t", () => {
      throw new Error("x");
    })
    .get("/fixed", () => Response.redirect("http://localhost/", 302));
  const get = requester(app);
  const { headers, text } = await get("/t");
  const nonce = /<script nonce="(\w+)"/.exec(text)![1];
  assert.ok(headers.get(HEADER)!.includes(`'nonce-${nonce}'`));
  assert.ok((await get("/fixed")).headers.has(HEADER));
});

Deno.test("csp() can report instead", async () => {
  const app = new App().use(csp({ reportOnly: true, reportTo: "/r" })).get("/", (c) => c.text("a"));
  const { headers } = await requester(app)("/");
  assert.equal(headers.get(HEADER), null);
  const policy = headers.get(`${HEADER}-report-only`)!;
  assert.match(policy, /script-src 'self' 'unsafe-inline'/);
  assert.match(policy, /report-to csp-endpoint; report-uri \/r/);
  assert.equal(headers.get("reporting-endpoints"), 'csp-endpoint="/r"');
});
