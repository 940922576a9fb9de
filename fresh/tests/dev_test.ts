import assert from "node:assert/strict";
import { checkIslands, hasChromium, inBrowser } from "./support/browser.ts";
import { close, DevServer } from "./support/dev_server.ts";

Deno.test("vite serves the sources and takes edits on", async (t) => {
  await using dev = await DevServer.start();

  await t.step("a page is rendered, styled and told of Vite's client", async () => {
    const html = await dev.text("/");
    assert.match(html, /<p class="text-lg">hello<\/p>/);
    assert.match(html, /<link rel="stylesheet" href="\/styles.css"/);
    assert.match(html, /<script type="module" src="\/@vite\/client" nonce="/);
    const css = await dev.text("/styles.css", { headers: { accept: "text/css" } });
    assert.match(css, /\.text-lg/);
    assert.match(await dev.text("/islands/Counter.tsx"), /import\.meta\.hot\.accept/);
  });

  await t.step("main.ts has been evaluated once", async () => {
    assert.equal(await dev.text("/runs"), "1");
  });

  await t.step(
    "an edited route reloads the page, with its new classes, and nothing else",
    async () => {
      const messages = await dev.messagesDuring(
        "full-reload",
        () =>
          dev.edit("routes/plain.tsx", (source) => source.replace("<p>", '<p class="rotate-12">')),
      );
      assert.ok(messages.length > 0);
      assert.match(await dev.text("/plain"), /rotate-12/);
      const css = await dev.text("/styles.css", { headers: { accept: "text/css" } });
      assert.match(css, /\.rotate-12/);
      assert.equal(await dev.text("/runs"), "1");
    },
  );

  await t.step(
    "an edited island is updated in place, and rendered anew on the server",
    async () => {
      const messages = await dev.messagesDuring(
        "update",
        () => dev.edit("islands/Counter.tsx", (source) => source.replace('"Counter"', '"Clicks"')),
      );
      const paths = messages.flatMap(({ updates }) => updates?.map(({ path }) => path) ?? []);
      assert.ok(paths.includes("/islands/Counter.tsx"), paths.join());
      assert.deepEqual(messages.filter(({ type }) => type === "full-reload"), []);
      assert.match(await dev.text("/"), /Clicks/);
      assert.equal(await dev.text("/runs"), "1");
    },
  );

  await t.step({
    name: "islands come to life, and keep their state through an edit",
    ignore: !hasChromium,
    fn: () =>
      inBrowser(async (page) => {
        await checkIslands(page, dev.origin);
        const count = await page.locator("section > button").nth(0).textContent();
        await dev.edit(
          "islands/Toggle.tsx",
          (source) => source.replace('"toggle"', '"toggle new"'),
        );
        await page.locator(".toggle.new").waitFor();
        assert.equal(await page.locator("section > button").nth(0).textContent(), count);
      }),
  });

  await t.step("what main.ts imports evaluates it again, after its dispose handler", async () => {
    await dev.messagesDuring(
      "full-reload",
      () => dev.edit("greeting.ts", (source) => source.replace("hello", "good day")),
    );
    assert.match(await dev.text("/"), /good day/);
    assert.equal(await dev.text("/runs"), "2");
  });

  await t.step("a source that does not load shows why, and heals", async () => {
    // Not an edit back and forth: the watcher passes over a change that follows another closely.
    await dev.messagesDuring(
      "full-reload",
      () => dev.write("routes/broken.ts", "export const = 1;"),
    );
    const response = await fetch(`${dev.origin}/`);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /broken\.ts/);
    await dev.messagesDuring("full-reload", () => dev.remove("routes/broken.ts"));
    assert.match(await dev.text("/"), /good day/);
    assert.equal(await dev.text("/runs"), "2");
  });

  await t.step("a new route is found", async () => {
    await dev.messagesDuring(
      "full-reload",
      () => dev.write("routes/late.tsx", "export default () => <p>late</p>;\n"),
    );
    assert.match(await dev.text("/late"), /<p>late<\/p>/);
    assert.equal(await dev.text("/runs"), "2");
  });

  await t.step("ctx.upgrade() works", async () => {
    const socket = new WebSocket(`${dev.origin.replace("http", "ws")}/echo`);
    const echoed = new Promise((resolve, reject) => {
      socket.onopen = () => socket.send("ping");
      socket.onmessage = ({ data }) => resolve(data);
      socket.onerror = reject;
    });
    assert.equal(await echoed, "ping");
    await close(socket);
  });
});
