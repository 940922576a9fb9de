import assert from "node:assert/strict";
import fc from "fast-check";
import { visibleTo } from "@/lib/catalog/index/filter.ts";
import { PostingsBatch } from "@/lib/catalog/index/postings.ts";
import type { IndexRow } from "@/lib/catalog/index/rows.ts";
import { search } from "@/lib/catalog/index/search.ts";
import { AdapterTable } from "@/lib/catalog/index/table.ts";
import { TextIndex } from "@/lib/catalog/index/text_index.ts";
import { queryWords, words } from "@/lib/text/words.ts";
import { arbitrarySteps, IDS } from "./rows.ts";

const PLAIN: IndexRow = {
  id: "",
  name: "",
  author: null,
  baseModel: null,
  sdVersion: null,
  tags: [],
  trainedWords: [],
  filePath: "x.safetensors",
  active: false,
  ordinal: null,
  nsfwLevel: 1,
  rating: 0,
  favorite: false,
  fileStatus: "present",
  fileSize: null,
  created: 0,
  published: null,
  updated: 0,
  lastUsed: null,
  usage: 0,
  downloads: null,
  hasPreview: false,
};

/** A catalog of the given rows; names serve as ids. */
function catalog(...rows: (Partial<IndexRow> & { name: string; description?: string })[]) {
  const table = new AdapterTable();
  const text = new TextIndex(table);
  const batch = new PostingsBatch();
  for (const { description = "", ...row } of rows) {
    const slot = table.put({ ...PLAIN, id: row.name, ...row }, []);
    text.markStale([slot]);
    text.describe(batch, slot, words(description).join(" "));
  }
  text.descriptions.add(batch);
  return {
    find(query: string, nsfwMax = Infinity): string[] {
      text.refresh();
      const { found, scores } = search(text, table, query, visibleTo(table, nsfwMax));
      return [...found.slots()].sort((a, b) => scores[b]! - scores[a]!)
        .map((slot) => table.names[slot]!);
    },
    table,
    text,
  };
}

Deno.test("search() looks into every field, names first", () => {
  const { find } = catalog(
    { name: "by description", description: "for neon nights" },
    { name: "by base", baseModel: "Neon 1.0" },
    { name: "by author", author: "neon" },
    { name: "by stem", filePath: "a/neon_v2.safetensors" },
    { name: "by tag", tags: ["neon"] },
    { name: "by trained word", trainedWords: ["neon glow"] },
    { name: "neon" },
    { name: "other" },
  );
  assert.deepEqual(find("neon"), [
    "neon",
    "by trained word",
    "by tag",
    "by stem",
    "by author",
    "by base",
    "by description",
  ]);
});

Deno.test("search() wants every word, as a whole or a beginning, in any field", () => {
  const { find } = catalog(
    { name: "Neon street", tags: ["rain"] },
    { name: "Neon castle" },
    { name: "Rainy street" },
  );
  assert.deepEqual(find("rain neon"), ["Neon street"]);
  assert.deepEqual(find("str"), ["Neon street", "Rainy street"]);
  assert.deepEqual(find("neon moon"), []);
  assert.deepEqual(find("!?"), []);
});

Deno.test("search() forgives typing mistakes, more in longer words, none in short ones", () => {
  const { find } = catalog({ name: "Samurai watercolor sky" }, { name: "Dragon" });
  for (const typed of ["samurei", "smaurai", "samrai", "watercolr", "wtaercolro", "dargon"]) {
    assert.equal(find(typed).length, 1, typed);
  }
  for (const typed of ["samxyai", "sku", "watrclr x", "xatercolro"]) {
    assert.deepEqual(find(typed), [], typed);
  }
});

Deno.test("search() prefers what was typed to what may have been meant", () => {
  const rows = Array.from({ length: 6 }, (_, at) => ({ name: `stele ${at}` }));
  const { find } = catalog(...rows, { name: "style" });
  assert.equal(find("stele").length, 6);
  assert.deepEqual(find("style")[0], "style");
});

Deno.test("search() tries all words with mistakes if together they find nothing", () => {
  const many = Array.from({ length: 6 }, (_, at) => ({ name: `castel ${at}` }));
  const { find } = catalog(...many, { name: "neon castle" });
  assert.deepEqual(find("neon castel"), ["neon castle"]);
});

Deno.test("search() takes a text in quotes to be part of the name", () => {
  const { find } = catalog({ name: "Rain on neon" }, { name: "Neon rain" });
  assert.deepEqual(find('"neon rain"'), ["Neon rain"]);
  assert.equal(find("neon rain").length, 2);
});

Deno.test("search() ignores case, accents and width, and finds signs inside Chinese", () => {
  const { find } = catalog({ name: "Ünder ＮＥＯＮ" }, { name: "霓虹雨夜" });
  assert.deepEqual(find("under neon"), ["Ünder ＮＥＯＮ"]);
  assert.deepEqual(find("虹雨"), ["霓虹雨夜"]);
  assert.deepEqual(find("夜"), ["霓虹雨夜"]);
});

Deno.test("search() lets popularity decide between equals, and favourites more", () => {
  const { find } = catalog(
    { name: "neon a" },
    { name: "neon b", downloads: "100000" },
    { name: "neon c", favorite: true, downloads: "10" },
  );
  assert.deepEqual(find("neon"), ["neon c", "neon b", "neon a"]);
});

Deno.test("search(): what the viewer may not see influences nothing", () => {
  const hidden = Array.from({ length: 9 }, (_, at) => ({ name: `neom ${at}`, nsfwLevel: 16 }));
  const shown = { name: "neon" };
  const with_ = catalog(...hidden, shown);
  const without = catalog(shown);
  for (const query of ["neom", "neo", "neon", "neom 3"]) {
    assert.deepEqual(with_.find(query, 4), without.find(query, 4), query);
  }
});

Deno.test("search() follows what changes", () => {
  const { find, table, text } = catalog({ name: "old", description: "castle" });
  text.markStale([table.put({ ...PLAIN, id: "old", name: "new" }, [])]);
  assert.deepEqual(find("old"), []);
  assert.deepEqual(find("new castle"), ["new"]);
  text.markStale([table.remove("old")!]);
  assert.deepEqual(find("new"), []);
  // The slot is used again: it must not inherit the words of the one before.
  text.markStale([table.put({ ...PLAIN, id: "next", name: "next" }, [])]);
  assert.deepEqual(find("castle"), []);
});

Deno.test("search() without mistakes equals looking at every row", () => {
  const query = fc.constantFrom("neon", "ne", "rain street", "v1", "雨", "under mira", "sdxl", "c");
  fc.assert(fc.property(arbitrarySteps(IDS), query, (steps, query) => {
    const table = new AdapterTable();
    const text = new TextIndex(table);
    const rows = new Map<string, IndexRow>();
    for (const step of steps) {
      if ("put" in step) {
        for (const { row } of step.put) {
          text.markStale([table.put(row, [])]);
          rows.set(row.id, row);
        }
      } else {
        for (const id of step.remove) {
          const slot = table.remove(id);
          if (slot !== undefined) text.markStale([slot]);
          rows.delete(id);
        }
      }
      text.refresh();
    }
    const wanted = queryWords(query);
    const expected = [...rows.values()].filter((row) => {
      const own = [row.name, ...row.tags, ...row.trainedWords, row.filePath.slice(4, -12)]
        .concat(row.author ?? "", row.baseModel ?? "").flatMap(words);
      return wanted.every((word) => own.some((each) => each.startsWith(word)));
    });
    const { found } = search(text, table, query, visibleTo(table, Infinity));
    const ids = [...found.slots()].map((slot) => table.ids[slot]!);
    // With hardly any hits, words a mistake away are found as well.
    const exact = expected.map(({ id }) => id);
    assert.deepEqual(exact.filter((id) => !ids.includes(id)), []);
    if (query.length < 4) assert.deepEqual(ids.sort(), exact.sort());
  }));
});
