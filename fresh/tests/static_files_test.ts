import assert from "node:assert/strict";
import { App, staticFiles } from "fresh";
import type { StaticFile } from "../src/build.ts";
import { requester, useBuild } from "./support/request.ts";

Deno.test("staticFiles() serves, revalidates and compresses", async (t) => {
  const folder = await Deno.makeTempDir();
  const add = async (name: string, content: string, file: Partial<StaticFile> = {}) => {
    await Deno.writeTextFile(`${folder}/${name}`, content);
    const entry = {
      file: `${folder}/${name}`,
      etag: "v1",
      isHashed: false,
      encodings: [],
      ...file,
    };
    return [`/${name}`, entry] as const;
  };
  await Deno.writeTextFile(`${folder}/app.js.br`, "as brotli");
  useBuild({
    staticFiles: new Map([
      await add("robots.txt", "all"),
      await add("two words.svg", "<svg/>"),
      await add("app.js", "export {}", { isHashed: true, encodings: ["br"] }),
    ]),
  });
  const get = requester(new App().use(staticFiles()).get("/page", (ctx) => ctx.text("page")));

  await t.step("with type, length and tag", async () => {
    const { status, headers, text } = await get("/robots.txt");
    assert.deepEqual([status, text], [200, "all"]);
    assert.equal(headers.get("content-type"), "text/plain; charset=utf-8");
    assert.equal(headers.get("content-length"), "3");
    assert.equal(headers.get("etag"), '"v1"');
    assert.equal(headers.get("cache-control"), "no-cache");
    assert.equal((await get("/two%20words.svg")).headers.get("content-type"), "image/svg+xml");
  });

  await t.step("as unchanged, to whoever has it", async () => {
    for (const tag of ['"v1"', 'W/"v1"', '"x", "v1"', "*"]) {
      const { status, text } = await get("/robots.txt", { headers: { "if-none-match": tag } });
      assert.deepEqual([status, text], [304, ""], tag);
    }
    const changed = await get("/robots.txt", { headers: { "if-none-match": '"v0"' } });
    assert.equal(changed.status, 200);
  });

  await t.step("for a year, where the URL changes with the content", async () => {
    assert.match((await get("/app.js")).headers.get("cache-control")!, /31536000, immutable/);
    const versioned = await get("/robots.txt?v=test");
    assert.match(versioned.headers.get("cache-control")!, /immutable/);
    assert.equal((await get("/robots.txt?v=old")).headers.get("cache-control"), "no-cache");
  });

  await t.step("compressed, to whoever accepts it", async () => {
    const compressed = await get("/app.js", { headers: { "accept-encoding": "gzip, br;q=0.9" } });
    assert.equal(compressed.text, "as brotli");
    assert.equal(compressed.headers.get("content-encoding"), "br");
    assert.equal(compressed.headers.get("etag"), '"v1-br"');
    const refused = await get("/app.js", { headers: { "accept-encoding": "br;q=0" } });
    assert.deepEqual([refused.text, refused.headers.get("vary")], ["export {}", "accept-encoding"]);
  });

  await t.step("only to GET and HEAD, and nothing it does not know", async () => {
    const head = await get("/robots.txt", { method: "HEAD" });
    assert.deepEqual([head.status, head.text, head.headers.get("content-length")], [200, "", "3"]);
    assert.equal((await get("/robots.txt", { method: "POST" })).status, 404);
    assert.equal((await get("/..%2f..%2fetc/passwd")).status, 404);
    assert.equal((await get("/page")).text, "page");
  });

  await Deno.remove(folder, { recursive: true });
});
