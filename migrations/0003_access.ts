import { type Kysely, sql } from "kysely";

/** Keys and sessions are stored as SHA-256 of the secret: a copy of the database opens nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_key (
      id uuid primary key,
      name text not null,
      role text not null check (role in ('read', 'write', 'admin')),
      prefix text not null,
      key_hash text not null unique,
      nsfw_max integer,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
  await sql`
    create table session (
      token_hash text primary key,
      key_id uuid not null references api_key (id) on delete cascade,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table setting (
      key text primary key,
      value jsonb not null,
      updated_at timestamptz not null default now()
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ["setting", "session", "api_key"]) {
    await sql`drop table ${sql.table(table)}`.execute(db);
  }
}
