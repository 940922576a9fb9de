import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { buildFixture } from "./support/vite.ts";

const CHROMIUM = "/usr/bin/chromium";
const hasChromium = await Deno.stat(CHROMIUM).then(() => true, () => false);

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
    fn: () => inBrowser(server, checkIslands),
  });
});

async function inBrowser(
  server: { fetch(req: Request): Promise<Response> },
  check: (page: Page, origin: string) => Promise<void>,
): Promise<void> {
  const http = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, server.fetch);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await check(page, `http://127.0.0.1:${http.addr.port}`);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await http.shutdown();
  }
}

async function checkIslands(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  const ids = () => page.locator("h2").evaluateAll((all) => all.map(({ id }) => id));
  const idsFromServer = await ids();
  const counters = page.locator("section > button");
  // The shared signal shows in both islands; it can only after both are alive.
  await page.waitForFunction(() => {
    const buttons = document.querySelectorAll<HTMLButtonElement>("section > button");
    buttons[0]!.click();
    return buttons[0]!.textContent !== "3" && buttons[0]!.textContent === buttons[1]!.textContent;
  });
  const before = Number(await counters.nth(1).textContent());
  await counters.nth(1).click();
  assert.equal(await counters.nth(0).textContent(), String(before + 1));
  assert.deepEqual(await ids(), idsFromServer);
  assert.equal(new Set(idsFromServer).size, 2);

  assert.equal(await page.locator("h2").nth(0).textContent(), HOSTILE);
  assert.equal(await page.locator("em").count(), 1);
  assert.equal(await page.locator("b").count(), 0);
  await page.locator(".toggle button").click();
  assert.equal(await page.locator(".toggle b").getAttribute("title"), "quoted");
  await page.locator(".toggle button").click();
  assert.equal(await page.locator("b").count(), 0);
}

const HOSTILE = "</script><script>alert(1)</script>";
