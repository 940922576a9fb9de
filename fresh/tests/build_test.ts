import assert from "node:assert/strict";
import { checkIslands, hasChromium, inBrowser } from "./support/browser.ts";
import { buildFixture } from "./support/vite.ts";

Deno.test("vite build makes a server that answers as the sources do", async (t) => {
  const server = await buildFixture();
  const get = (path: string, init?: RequestInit) =>
    server.fetch(new Request(`http://localhost${path}`, init));

  await t.step(
    "pages link the stylesheet, preload their islands and nonce each script",
    async () => {
      const response = await get("/");
      const html = await response.text();
      const nonce = /'nonce-(\w+)'/.exec(response.headers.get("content-security-policy")!)![1];
      assert.match(html, /<link rel="stylesheet" href="\/assets\/client-[\w-]+\.css"/);
      assert.match(html, /<link rel="modulepreload" href="\/assets\/island-islands-Counter-/);
      const tags = html.match(/<(?:script|link rel="(?:style|module))[^>]*>/g)!;
      assert.ok(tags.length > 4);
      assert.deepEqual(tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)), []);
    },
  );

  await t.step("pages without islands load no script", async () => {
    const html = await (await get("/plain")).text();
    assert.match(html, /stylesheet/);
    assert.doesNotMatch(html, /<script|modulepreload/);
  });

  await t.step("every asset a page names is served compressed, for a year", async () => {
    const html = await (await get("/")).text();
    for (const [, url] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
      const response = await get(url!, { headers: { "accept-encoding": "gzip, br" } });
      const bytes = (await response.arrayBuffer()).byteLength;
      assert.equal(response.status, 200, url);
      assert.match(response.headers.get("cache-control")!, /immutable/);
      assert.ok(bytes < 1024 || response.headers.get("content-encoding") === "br", url);
    }
  });

  await t.step("what the browser runs before any island stays below 15 KB", async () => {
    const html = await (await get("/")).text();
    let bytes = 0;
    for (const [, url] of html.matchAll(/rel="modulepreload" href="([^"]+)"/g)) {
      const response = await get(url!, { headers: { "accept-encoding": "gzip" } });
      bytes += (await response.arrayBuffer()).byteLength;
    }
    assert.ok(bytes < 15_000, `${bytes} bytes`);
  });

  await t.step("files of static/ are served, and workers are built", async () => {
    assert.equal(await (await get("/robots.txt")).text(), "User-agent: *\n");
    assert.equal(await (await get("/double?n=21")).json(), 42);
  });

  await t.step("npm packages are left to Deno", async () => {
    const source = await Deno.readTextFile(
      new URL("./fixture/_fresh/server.js", import.meta.url),
    );
    assert.match(source, /from "preact"/);
    assert.match(source, /from "preact-render-to-string"/);
  });

  await t.step({
    name: "islands come to life in a browser, under the policy",
    ignore: !hasChromium,
    async fn() {
      const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, server.fetch);
      await inBrowser((page) => checkIslands(page, `http://127.0.0.1:${http.addr.port}`));
      await http.shutdown();
    },
  });
});
