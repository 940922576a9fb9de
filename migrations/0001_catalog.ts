import { type Kysely, sql } from "kysely";

/**
 * Adapters and what a user hangs on them.
 *
 * Two decisions worth knowing when reading the SQL:
 * - (name, version) is not unique: real collections hold different files that share it. The file is the identity.
 * - `catalog_change` is the feed from which every web process keeps its in-memory index current. It stores the writing
 *   transaction's id, because commit order and sequence order differ: a reader that remembers the oldest transaction
 *   still open at its last read can never skip a row (see lib/catalog/index/feed.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table library_root (
      id uuid primary key,
      path text not null unique,
      label text not null default '',
      created_at timestamptz not null default now(),
      removed_at timestamptz,
      last_scan_at timestamptz,
      last_scan_files integer
    )`.execute(db);

  await sql`
    create table adapter (
      id uuid primary key,
      root_id uuid not null references library_root (id),
      file_path text not null,
      name text not null,
      version text not null default '',
      canonical_version_name text,
      description text,
      author_username text,
      visibility text not null default 'Public',
      published_at timestamptz,
      tags text[] not null default '{}',
      trained_words text[] not null default '{}',
      triggers text[] not null default '{}',
      weight double precision not null default 1,
      active boolean not null default false,
      ordinal integer,
      archetype text,
      archetype_confidence double precision,
      primary_file_name text,
      primary_file_size_kb double precision,
      primary_file_sha256 text,
      primary_file_download_url text,
      primary_file_local_path text,
      supports_generation boolean,
      sd_version text,
      nsfw_level integer not null default 0,
      activation_text text,
      stats jsonb not null default '{}',
      extra jsonb not null default '{}',
      json_file_path text,
      json_file_mtime timestamptz,
      json_file_size bigint,
      last_ingested_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      base_model text,
      negative_text text,
      notes text,
      rating smallint not null default 0 check (rating between 0 and 5),
      is_favorite boolean not null default false,
      file_status text not null default 'present'
        check (file_status in ('present', 'missing', 'changed', 'unreadable')),
      file_format text not null default 'safetensors',
      file_size bigint,
      file_mtime timestamptz,
      hashes jsonb not null default '{}',
      hash_state text not null default 'none' check (hash_state in ('none', 'pending', 'done', 'failed')),
      trigger_sets jsonb not null default '[]',
      civitai_model_id bigint,
      civitai_version_id bigint,
      preview jsonb,
      edited_fields text[] not null default '{}',
      training jsonb not null default '{}',
      fingerprint text not null default '',
      search_words text not null default '',
      usage_count integer not null default 0,
      last_used_at timestamptz,
      unique (root_id, file_path)
    )`.execute(db);
  // Uncompressed out-of-line storage: compressing 16 KB documents doubled the time of a cold import.
  await sql`alter table adapter
    alter extra set storage external,
    alter description set storage external,
    alter search_words set storage external`.execute(db);
  // Nothing is ever planned by their values, and to sample ten thousand of each holds the embedded database for long.
  const unplanned = [
    "extra",
    "description",
    "search_words",
    "stats",
    "training",
    "hashes",
    "preview",
  ]
    .concat([
      "trigger_sets",
      "tags",
      "trained_words",
      "triggers",
      "edited_fields",
      "activation_text",
    ]);
  await sql`alter table adapter ${
    sql.join(unplanned.map((column) => sql`alter ${sql.ref(column)} set statistics 0`))
  }`.execute(db);
  await sql`create index adapter_name_version on adapter (name, version)`.execute(db);
  await sql`create index adapter_sha256 on adapter ((hashes ->> 'sha256'))`.execute(db);
  await sql`create index adapter_hash_pending on adapter (root_id) where hash_state = 'pending'`
    .execute(db);

  await sql`
    create table collection (
      id uuid primary key,
      name text not null unique,
      description text not null default '',
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table collection_adapter (
      collection_id uuid not null references collection (id) on delete cascade,
      adapter_id uuid not null references adapter (id) on delete cascade,
      added_at timestamptz not null default now(),
      primary key (collection_id, adapter_id)
    )`.execute(db);
  await sql`create index collection_adapter_adapter on collection_adapter (adapter_id)`.execute(db);

  await sql`
    create table catalog_change (
      seq bigint generated always as identity primary key,
      xid bigint not null default (pg_current_xact_id()::text::bigint),
      adapter_id uuid not null,
      at timestamptz not null default now()
    )`.execute(db);
  await sql`create index catalog_change_xid on catalog_change (xid)`.execute(db);
  await sql`
    create function note_adapter_change() returns trigger language plpgsql as $$
    begin
      insert into catalog_change (adapter_id) select id from changed;
      return null;
    end $$`.execute(db);
  await sql`
    create function note_collection_change() returns trigger language plpgsql as $$
    begin
      insert into catalog_change (adapter_id) select adapter_id from changed;
      return null;
    end $$`.execute(db);
  for (const [event, rows] of [["insert", "new"], ["update", "new"], ["delete", "old"]] as const) {
    await sql`create trigger ${sql.raw(`adapter_changed_${event}`)} after ${
      sql.raw(event)
    } on adapter
      referencing ${sql.raw(rows)} table as changed
      for each statement execute function note_adapter_change()`.execute(db);
    if (event === "update") continue;
    await sql`create trigger ${sql.raw(`collection_adapter_changed_${event}`)} after ${
      sql.raw(event)
    } on collection_adapter
      referencing ${sql.raw(rows)} table as changed
      for each statement execute function note_collection_change()`.execute(db);
  }

  await sql`
    create table recipe (
      id uuid primary key,
      name text not null unique,
      description text not null default '',
      prefix text not null default '',
      suffix text not null default '',
      triggers text not null default 'none' check (triggers in ('none', 'activation', 'all')),
      items jsonb not null default '[]',
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (
    const table of [
      "recipe",
      "collection_adapter",
      "collection",
      "adapter",
      "catalog_change",
      "library_root",
    ]
  ) await sql`drop table ${sql.table(table)}`.execute(db);
  await sql`drop function note_adapter_change()`.execute(db);
  await sql`drop function note_collection_change()`.execute(db);
}
