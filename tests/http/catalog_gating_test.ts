import assert from "node:assert/strict";
import { Library } from "@/lib/library/service.ts";
import { newId } from "@/lib/shared/id.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { type TestApp, testApp } from "../support/app.ts";

const API = "/api/v1/adapters";
const CEILING = 4;
const LEVELS = [0, 1, 2, 3, 4, 5, 8, 9, 16, 31, 32, 63];

/** Everything about a gated adapter, its shared words included, begins with this. */
const GATED = "zgated";

interface Library1000 {
  shown: string[];
  gated: string[];
}

/** A thousand adapters; about half of them lie above the ceiling, and some are duplicates, active or collected. */
async function fill({ services }: TestApp, root: string): Promise<Library1000> {
  const { db, catalog, collections } = services;
  const { id: root_id } = await new Library({ db }).addRoot(root);
  const rows = Array.from({ length: 1000 }, (_, at) => {
    const nsfw_level = LEVELS[at % LEVELS.length]!;
    const kind = nsfwRank(nsfw_level) > CEILING ? GATED : "shown";
    return {
      id: newId(),
      root_id,
      file_path: `${at}/${kind}stem${at % 100}.safetensors`,
      name: `${kind} name ${at % 300}`,
      nsfw_level,
      author_username: `${kind} author`,
      base_model: `${kind} base`,
      sd_version: `${kind} sd`,
      tags: ["common", `${kind}tag`],
      trained_words: [`${kind}word`],
      description: `${kind}description`,
      search_words: `${kind}description`,
      hashes: JSON.stringify({ sha256: `${kind}${at % 200}` }),
      active: at % 50 < 2,
    };
  });
  for (let from = 0; from < rows.length; from += 250) {
    await db.insertInto("adapter").values(rows.slice(from, from + 250)).execute();
  }
  catalog.changed();
  const { id } = await collections.create({ name: "mixed" });
  const some = rows.filter((_, at) => at % 10 < 3);
  await db.insertInto("collection_adapter")
    .values(some.map((row) => ({ collection_id: id, adapter_id: row.id }))).execute();
  catalog.changed();
  const isGated = (row: { nsfw_level: number }) => nsfwRank(row.nsfw_level) > CEILING;
  return {
    shown: rows.filter((row) => !isGated(row)).map((row) => row.id),
    gated: rows.filter(isGated).map((row) => row.id),
  };
}

Deno.test("a gated viewer gets nothing of 1,000 mixed adapters that lies above the ceiling", async (t) => {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "lm-test-library-" }));
  try {
    await using app = await testApp();
    const { shown, gated } = await fill(app, root);
    const body = async (path: string, init?: RequestInit) => {
      const response = await app.fetch(path, init);
      assert.equal(response.status, 200, path);
      const text = await response.text();
      assert.ok(!text.includes(GATED), `${path} tells something gated`);
      const leaked = gated.filter((id) => text.includes(id));
      assert.deepEqual(leaked, [], `${path} tells gated ids`);
      return JSON.parse(text);
    };
    const post = (fields: unknown) => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    });

    await t.step("lists, by each sort and with ceilings that ask for more", async () => {
      for (const sort of ["name", "added", "rating", "active", "downloads", "relevance"]) {
        const page = await body(`${API}?limit=500&sort=${sort}&nsfw_max=63`);
        assert.equal(page.total, shown.length);
        await body(`${API}?limit=500&sort=${sort}&offset=500`);
      }
      assert.equal((await body(`${API}?nsfw_max=1`)).total < shown.length, true);
    });

    await t.step("searches, also for exactly what is gated", async () => {
      const words = ["tag", "stem1", "word", "description", " name 3", " author", " base"];
      for (const word of ["common", "name", ...words.map((word) => GATED + word)]) {
        const page = await body(`${API}?q=${encodeURIComponent(word)}&limit=500`);
        assert.equal(page.total, ["common", "name"].includes(word) ? shown.length : 0, word);
      }
    });

    await t.step("filters by a gated value find nothing", async () => {
      for (const filter of ["tag", "trained_word", "author", "base_model"]) {
        const value = { tag: "tag", trained_word: "word", author: " author", base_model: " base" };
        const gatedValue = encodeURIComponent(GATED + value[filter as keyof typeof value]);
        assert.equal((await body(`${API}?${filter}=${gatedValue}`)).total, 0, filter);
      }
    });

    await t.step("facets count only what is shown, whatever the filter", async () => {
      const facets = await body(`${API}/facets`);
      assert.equal(facets.total, shown.length);
      assert.equal(facets.hidden, gated.length);
      const searched = await body(`${API}/facets?q=${GATED}`);
      assert.deepEqual([searched.total, searched.hidden], [0, gated.length]);
    });

    await t.step("duplicates, the active set, exports and collections", async () => {
      const { groups } = await body(`${API}/duplicates`);
      assert.ok(groups.length > 0);
      assert.ok((await body(`${API}/active`)).items.length > 0);
      assert.equal((await body(`${API}/export`)).length, shown.length);
      const csv = await (await app.fetch(`${API}/export?format=csv`)).text();
      assert.ok(!csv.includes(GATED));
      const { items: [mixed] } = await body("/api/v1/collections");
      const members = await body(`${API}?collection=${mixed.id}`);
      assert.equal(mixed.adapters, members.total);
    });

    await t.step("a single one is a 404 for every method, and changes nothing", async () => {
      const ids = gated.slice(0, 24);
      for (const id of ids) {
        const calls: [string, RequestInit][] = [
          ["", {}],
          ["", { ...post({ rating: 5 }), method: "PATCH" }],
          ["", { method: "DELETE" }],
          ["/preview", {}],
          ["/preview/original", {}],
          ["/activate", { method: "POST" }],
          ["/deactivate", { method: "POST" }],
          ["/verify", { method: "POST" }],
        ];
        for (const [path, init] of calls) {
          const response = await app.fetch(`${API}/${id}${path}`, init);
          assert.equal(response.status, 404, `${init.method ?? "GET"} ${path}`);
          assert.ok(!(await response.text()).includes(GATED));
        }
      }
      const outcome = await (await app.fetch(
        `${API}/bulk`,
        post({ action: "delete", ids: [...ids, shown[0]] }),
      )).json();
      assert.deepEqual([outcome.updated, outcome.not_found.length], [1, ids.length]);
      const { left } = await app.services.db.selectFrom("adapter")
        .select(({ fn }) => fn.countAll<string>().as("left")).executeTakeFirstOrThrow();
      assert.equal(Number(left), 999);
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
