import assert from "node:assert/strict";
import { sql } from "kysely";
import { newId } from "@/lib/shared/id.ts";
import { forEachDatabase } from "../support/database.ts";

forEachDatabase("openDatabase() reads every column type alike", async (_t, { db }) => {
  const { rows: [row] } = await sql`
    select 7::int8 as int8, 7::int4 as int4, 7::int2 as int2, 1.5::float8 as float8, 1.5::float4 as float4,
      1.5::numeric as numeric, true as yes, 'é'::text as text, null::text as nothing, '2026-02-03'::date as day,
      '2026-02-03T04:05:06.789Z'::timestamptz as at, '{"a":[1,"2"]}'::jsonb as object, '"x"'::jsonb as string,
      'null'::jsonb as json_null, '[1]'::json as json, array['a', 'b,"c\\', '', 'null']::text[] as texts,
      array[]::text[] as none, array[1, 2]::int8[] as int8s, array[1, 2]::int4[] as int4s,
      '00000000-0000-7000-8000-000000000001'::uuid as uuid,
      array['00000000-0000-7000-8000-000000000001']::uuid[] as uuids, count(*) as count, sum(3::int4) as sum`
    .execute(db);
  assert.deepEqual({ ...row as object }, {
    int8: 7,
    int4: 7,
    int2: 7,
    float8: 1.5,
    float4: 1.5,
    numeric: "1.5",
    yes: true,
    text: "é",
    nothing: null,
    day: "2026-02-03",
    at: new Date("2026-02-03T04:05:06.789Z"),
    object: { a: [1, "2"] },
    string: "x",
    json_null: null,
    json: [1],
    texts: ["a", 'b,"c\\', "", "null"],
    none: [],
    int8s: [1, 2],
    int4s: [1, 2],
    uuid: "00000000-0000-7000-8000-000000000001",
    uuids: ["00000000-0000-7000-8000-000000000001"],
    count: 1,
    sum: 3,
  });
  const { rows: [bytes] } = await sql<{ b: Uint8Array }>`select '\\x00ff'::bytea as b`.execute(db);
  assert.ok(bytes!.b instanceof Uint8Array);
  assert.deepEqual([...bytes!.b], [0, 255]);
});

forEachDatabase("openDatabase() writes every column type alike", async (_t, { db }) => {
  const rootId = newId();
  await db.insertInto("library_root").values({ id: rootId, path: "/loras" }).execute();
  const at = new Date("2026-02-03T04:05:06.789Z");
  const tags = ["a", 'b,"c\\', "", "null", "{}", "日本"];
  const written = {
    id: newId(),
    root_id: rootId,
    file_path: "a.safetensors",
    name: "Ünïcode 'quoted'",
    tags,
    triggers: [],
    weight: 0.85,
    active: true,
    file_size: 5_000_000_000,
    file_mtime: at,
    published_at: at.toISOString(),
    rating: 5,
    trigger_sets: JSON.stringify([{ name: "n", text: 't"\\' }]),
    extra: JSON.stringify({ nested: [1, null, "x"] }),
    preview: null,
  };
  await db.insertInto("adapter").values(written).execute();
  const columns = Object.keys(written) as (keyof typeof written)[];
  const read = await db.selectFrom("adapter").select(columns).executeTakeFirstOrThrow();
  assert.deepEqual({ ...read }, {
    ...written,
    published_at: at,
    trigger_sets: [{ name: "n", text: 't"\\' }],
    extra: { nested: [1, null, "x"] },
  });
  // Whether an array went in as an array and not as a string that contains one.
  const { rows: [types] } =
    await sql`select jsonb_typeof(trigger_sets) as sets, jsonb_typeof(extra) as extra
    from adapter`.execute(db);
  assert.deepEqual({ ...types as object }, { sets: "array", extra: "object" });
});

forEachDatabase(
  "openDatabase() takes arrays, numbers and times as parameters",
  async (_t, { db }) => {
    const ids = [newId(), newId()];
    const { rows: [row] } = await sql`
    select ${["a", "b"]}::text[] && array['b'] as overlap, 'c' = any(${["a"]}::text[]) as among,
      ${ids[0]}::uuid = any(${ids}::uuid[]) as id_among, ${[1, 2]}::int8[] as ints,
      ${5}::int8 + 1 as number, ${true}::boolean as yes, ${new Date(0)}::timestamptz as at,
      (select array_agg(x order by x) from unnest(${[
      "q",
      null,
    ]}::text[]) x where x is not null) as unnested`
      .execute(db);
    assert.deepEqual({ ...row as object }, {
      overlap: true,
      among: false,
      id_among: true,
      ints: [1, 2],
      number: 6,
      yes: true,
      at: new Date(0),
      unnested: ["q"],
    });
  },
);

forEachDatabase("openDatabase() counts the rows a statement touched", async (_t, { db }) => {
  const insert = await db.insertInto("setting").values([
    { key: "a", value: '"x"' },
    { key: "b", value: "1" },
  ]).executeTakeFirst();
  const update = await db.updateTable("setting").set({ value: "2" }).executeTakeFirst();
  const remove = await db.deleteFrom("setting").where("key", "=", "a").executeTakeFirst();
  assert.equal(insert.numInsertedOrUpdatedRows, 2n);
  assert.equal(update.numUpdatedRows, 2n);
  assert.equal(remove.numDeletedRows, 1n);
});

forEachDatabase("openDatabase() reports a unique violation by its code", async (_t, { db }) => {
  const insert = () => db.insertInto("setting").values({ key: "a", value: "1" }).execute();
  await insert();
  await assert.rejects(insert(), { code: "23505" });
});

forEachDatabase(
  "OpenDatabase.analyze() fills the planner's statistics",
  async (_t, { db, analyze }) => {
    await db.insertInto("setting").values({ key: "a", value: "1" }).execute();
    await analyze(["setting", "job"]);
    const { rows: [stats] } = await sql<{ rows: number }>`
    select reltuples as rows from pg_class where relname = 'setting'`.execute(db);
    assert.equal(stats!.rows, 1);
  },
);
