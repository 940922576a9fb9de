import assert from "node:assert/strict";
import { mergeIntoExisting } from "@/lib/importer/merge.ts";
import { civitaiInfo, civitaiModel, civitaiVersion, describe, hash } from "./fixtures.ts";

const known = () => describe({ "neon_rain_v2.json": civitaiModel() });
const row = () => mergeIntoExisting(null, known(), []);
const nothing = () => describe({});

Deno.test("mergeIntoExisting() fills every column of a new adapter, with defaults", () => {
  const columns = mergeIntoExisting(null, nothing(), []);
  assert.equal(columns.name, "neon_rain_v2");
  assert.equal(columns.version, "");
  assert.equal(columns.visibility, "Public");
  assert.equal(columns.weight, 1);
  assert.equal(columns.is_favorite, false);
  assert.equal(columns.rating, 0);
  assert.equal(columns.nsfw_level, 0);
  assert.deepEqual(columns.tags, []);
  for (const fact of ["problems", "sources", "version_choice", "name_source", "weight_range"]) {
    assert.equal(fact in columns, false, fact);
  }
});

Deno.test("mergeIntoExisting() changes nothing if the files say the same again", () => {
  assert.deepEqual(mergeIntoExisting(row(), known(), []), {});
  const stored = { ...row(), published_at: new Date(row().published_at!) };
  assert.deepEqual(mergeIntoExisting(stored, known(), []), {}, "as the database hands it back");
});

Deno.test("mergeIntoExisting() never replaces something by nothing", () => {
  assert.deepEqual(mergeIntoExisting(row(), nothing(), []), {});
  const emptied = describe({
    "neon_rain_v2.json": civitaiModel({
      name: "  ",
      description: null,
      creator: null,
      tags: [],
      stats: { downloadCount: 0, rating: 0 },
      modelVersions: [civitaiVersion({ trainedWords: [], description: "<p></p>", files: [] })],
    }),
  });
  const changes = mergeIntoExisting(row(), emptied, []);
  for (
    const column of ["name", "description", "author_username", "tags", "trained_words"] as const
  ) {
    assert.equal(column in changes, false, column);
  }
  assert.equal("stats" in changes, false);
  assert.equal("primary_file_sha256" in changes, false);
});

Deno.test("mergeIntoExisting() leaves edited columns, and what was made from them", () => {
  const changed = describe({
    "neon_rain_v2.json": civitaiModel({
      name: "New Name",
      description: "<p>New words</p>",
      tags: ["new"],
      modelVersions: [civitaiVersion({ trainedWords: ["new, word"] })],
    }),
  });
  const all = mergeIntoExisting(row(), changed, []);
  for (const column of ["name", "description", "search_words", "tags", "triggers"] as const) {
    assert.ok(column in all, column);
  }
  const edited = ["name", "description", "trained_words"];
  assert.deepEqual(Object.keys(mergeIntoExisting(row(), changed, edited)), ["tags"]);
});

Deno.test("mergeIntoExisting() takes a favourite over for a new adapter only", () => {
  const favorite = describe({
    "neon_rain_v2.metadata.json": {
      file_name: "x",
      model_name: "Neon",
      sha256: "",
      from_civitai: true,
      favorite: true,
    },
  });
  assert.equal(mergeIntoExisting(null, favorite, []).is_favorite, true);
  assert.equal("is_favorite" in mergeIntoExisting(row(), favorite, []), false);
});

Deno.test("mergeIntoExisting() unites counts, hashes and sources key by key", () => {
  const facts = describe({
    "neon_rain_v2.civitai.info": civitaiInfo({ stats: { downloadCount: 0, thumbsUpCount: 4 } }),
  });
  const changes = mergeIntoExisting(row(), facts, []);
  assert.deepEqual(changes.stats, {
    downloadCount: 90,
    favoriteCount: 9,
    rating: 4.5,
    thumbsUpCount: 4,
  });
  assert.deepEqual(Object.keys(changes.extra!), ["civitai_model", "civitai_version"]);
  const hashed = { ...nothing(), hashes: { autov1: "12345678" } };
  assert.deepEqual(mergeIntoExisting({ hashes: { sha256: hash("a") } }, hashed, []).hashes, {
    sha256: hash("a"),
    autov1: "12345678",
  });
});

Deno.test("mergeIntoExisting() drops all hashes of a file that has become another", () => {
  const facts = { ...nothing(), hashes: { sha256: hash("f") } };
  const old = { hashes: { sha256: hash("a"), crc32: "cafebabe" } };
  assert.deepEqual(mergeIntoExisting(old, facts, []).hashes, { sha256: hash("f") });
});

Deno.test("describeAdapter() takes no hashes from documents about another file", () => {
  const facts = describe({ "neon_rain_v2.json": civitaiModel() }, {
    model: { hashes: { sha256: hash("9") } },
  });
  assert.deepEqual(facts.hashes, { sha256: hash("9"), autov2: hash("9", 10) });
});

Deno.test("describeAdapter() goes on after a sidecar that cannot be read", () => {
  const facts = describe({
    "neon_rain_v2.json": '{"modelVersions": [',
    "neon_rain_v2.civitai.info": civitaiInfo(),
    "neon_rain_v2.swarm.json": { nodes: [] },
  });
  assert.equal(facts.name, "Neon Rain");
  assert.deepEqual(facts.problems.map(({ file }) => file), [
    "neon_rain_v2.json",
    "neon_rain_v2.swarm.json",
  ]);
  assert.match(facts.problems[0]!.reason, /^not valid JSON: /);
  assert.equal(facts.problems[1]!.reason, "not a sidecar");
});

Deno.test("describeAdapter() describes a sidecar whose model is missing", () => {
  const facts = describe({ "neon_rain_v2.json": civitaiModel() }, { model: null });
  assert.equal(facts.version_choice, "file_name");
  assert.equal(facts.hashes.sha256, hash("a"));
});

Deno.test("describeAdapter() keeps the user's own description beside Civitai's", () => {
  const facts = describe({
    "neon_rain_v2.civitai.info": civitaiModel(),
    "neon_rain_v2.json": { description: "my words", "preferred weight": 0.5 },
  });
  assert.match(facts.description!, /streets/);
  assert.deepEqual(facts.extra.a1111_user, { description: "my words" });
  assert.equal(facts.weight, 0.5);
});
