import assert from "node:assert/strict";
import { join } from "node:path";
import { Library } from "@/lib/library/service.ts";
import { newId } from "@/lib/shared/id.ts";
import { testApp } from "../support/app.ts";

/** Begins as an MP4 does; longer than one chunk of the answer. */
const FILM = new Uint8Array(150_000).map((_, at) => at % 251);
FILM.set(new TextEncoder().encode("\0\0\0\x18ftypmp42"));

type Get = (headers?: Record<string, string>, method?: string) => Promise<Response>;

/** One adapter with `bytes` as its preview file. */
async function withPreview(
  bytes: Uint8Array,
  run: (get: Get, adapter: { page: () => Promise<Response>; gate: () => Promise<void> }) => unknown,
): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "lm-test-library-" }));
  try {
    await using app = await testApp();
    const { db, catalog } = app.services;
    const { id: root_id } = await new Library({ db }).addRoot(root);
    await Deno.writeFile(join(root, "a.mp4"), bytes);
    const id = newId();
    const preview = {
      source: "file",
      kind: "video",
      path: "a.mp4",
      hash: "",
      width: 0,
      height: 0,
      thumbhash: null,
    };
    await db.insertInto("adapter").values({
      id,
      root_id,
      file_path: "a.safetensors",
      name: "Moving",
      preview: JSON.stringify(preview),
    }).execute();
    catalog.changed();
    const path = `/api/v1/adapters/${id}/preview/original`;
    await run((headers = {}, method = "GET") => app.fetch(path, { method, headers }), {
      page: () => app.fetch(`/adapters/${id}`),
      gate: async () => {
        await db.updateTable("adapter").set({ nsfw_level: 63 }).where("id", "=", id).execute();
        catalog.changed();
      },
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("GET /adapters/{id}/preview/original is the file, to be shown and never run", () =>
  withPreview(FILM, async (get, { page, gate }) => {
    const response = await get();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "video/mp4");
    assert.equal(response.headers.get("content-length"), String(FILM.length));
    assert.equal(response.headers.get("accept-ranges"), "bytes");
    assert.equal(response.headers.get("content-disposition"), "inline");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(
      response.headers.get("content-security-policy"),
      "sandbox; default-src 'none'",
    );
    assert.match(response.headers.get("cache-control")!, /private/);
    assert.deepEqual(await response.bytes(), FILM);

    const cached = await get({ "if-none-match": response.headers.get("etag")! });
    assert.deepEqual([cached.status, cached.body], [304, null]);
    const head = await get({}, "HEAD");
    assert.deepEqual([head.status, head.body], [200, null]);
    assert.equal(head.headers.get("content-length"), String(FILM.length));
    const left = await get();
    await left.body!.cancel();

    const html = await (await page()).text();
    assert.match(html, /<video[^>]+src="[^"]+\/preview\/original"[^>]+controls/);
    assert.match(html, /<video[^>]+poster="[^"]+\/preview\?w=768"/);
    await gate();
    const gated = await get();
    assert.equal(gated.status, 404);
    await gated.body?.cancel();
  }));

Deno.test("GET /adapters/{id}/preview/original answers ranges, so that players can seek", () =>
  withPreview(FILM, async (get) => {
    const size = FILM.length;
    const whole = await get({}, "HEAD");
    const etag = whole.headers.get("etag")!;
    const cases: [range: string, start: number, end: number][] = [
      ["bytes=0-", 0, size],
      ["bytes=0-0", 0, 1],
      ["bytes=70000-139999", 70_000, 140_000],
      ["bytes=149999-999999", size - 1, size],
      ["bytes=-10", size - 10, size],
      ["bytes=-999999", 0, size],
    ];
    for (const [range, start, end] of cases) {
      const response = await get({ range, "if-range": etag });
      assert.equal(response.status, 206, range);
      assert.equal(response.headers.get("content-range"), `bytes ${start}-${end - 1}/${size}`);
      assert.equal(response.headers.get("content-length"), String(end - start));
      assert.deepEqual(await response.bytes(), FILM.subarray(start, end), range);
    }
    for (const range of ["bytes=9-3", "bytes=0-1,5-6", "bytes=-", "lines=0-1"]) {
      const response = await get({ range });
      assert.equal(response.status, 200, range);
      assert.equal((await response.bytes()).length, size);
    }
    const changed = await get({ range: "bytes=0-9", "if-range": '"of another time"' });
    assert.deepEqual([changed.status, (await changed.bytes()).length], [200, size]);
    for (const range of [`bytes=${size}-`, "bytes=-0"]) {
      const response = await get({ range });
      assert.equal(response.status, 416, range);
      assert.equal(response.headers.get("content-range"), `bytes */${size}`);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      assert.equal((await response.json()).code, "range_not_satisfiable");
    }
  }));

Deno.test("GET /adapters/{id}/preview/original serves neither pages nor an empty file", async () => {
  for (const content of ["<script>alert(1)</script> in a film's name", ""]) {
    await withPreview(new TextEncoder().encode(content), async (get) => {
      const response = await get();
      assert.equal(response.status, 404);
      await response.body?.cancel();
    });
  }
});
