import { type Kysely, sql } from "kysely";

/** The job queue: `job` is the truth, `job_event` what watchers resume from, `import_item` an import's report lines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table job (
      id uuid primary key,
      queue text not null,
      kind text not null,
      version integer not null default 1,
      payload jsonb not null default '{}',
      status text not null default 'pending'
        check (status in ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
      priority integer not null default 100,
      run_at timestamptz not null default now(),
      attempts integer not null default 0,
      max_attempts integer not null default 3 check (max_attempts > 0),
      fence bigint not null default 0,
      lease_until timestamptz,
      worker text,
      progress jsonb not null default '{}',
      result jsonb,
      error jsonb,
      dedupe_key text,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index job_due on job (queue, priority, run_at, id) where status = 'pending'`
    .execute(db);
  await sql`create index job_leased on job (queue, lease_until) where status = 'running'`.execute(
    db,
  );
  await sql`create index job_recent on job (created_at desc, id desc)`.execute(db);
  await sql`create unique index job_dedupe on job (dedupe_key)
    where dedupe_key is not null and status in ('pending', 'running')`.execute(db);

  await sql`
    create table job_event (
      seq bigint generated always as identity primary key,
      job_id uuid not null references job (id) on delete cascade,
      type text not null check (type in ('status', 'progress', 'result', 'error')),
      data jsonb not null,
      at timestamptz not null default now()
    )`.execute(db);
  await sql`create index job_event_job on job_event (job_id, seq)`.execute(db);
  await sql`create index job_event_at on job_event (at)`.execute(db);

  await sql`
    create table import_item (
      job_id uuid not null references job (id) on delete cascade,
      seq integer not null,
      path text not null,
      outcome text not null,
      reason text,
      nsfw_rank integer not null default 0,
      primary key (job_id, seq)
    )`.execute(db);

  await sql`
    create table idempotency (
      key text not null,
      scope text not null,
      body_hash text not null,
      status integer not null,
      response jsonb not null,
      created_at timestamptz not null default now(),
      primary key (scope, key)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ["idempotency", "import_item", "job_event", "job"]) {
    await sql`drop table ${sql.table(table)}`.execute(db);
  }
}
