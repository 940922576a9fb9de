import { sql } from "kysely";
import type { Db } from "@/lib/db/schema.ts";

/** Everything that makes up the public schema, one line each and sorted, so that two dumps can be compared. */
export async function dumpSchema(db: Db): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select format('column %s.%s %s %s default=%s generated=%s identity=%s storage=%s', c.relname, a.attname,
        format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' else 'null' end,
        pg_get_expr(d.adbin, d.adrelid), a.attgenerated, a.attidentity, a.attstorage) as line
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attnum > 0 and not a.attisdropped
    union all
    select format('index %s', pg_get_indexdef(i.indexrelid))
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace
    union all
    -- Postgres 18 lists NOT NULL here too; the columns above say it on every release.
    select format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n'
    union all
    select format('trigger %s', pg_get_triggerdef(t.oid))
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    union all
    select format('function %s', pg_get_functiondef(oid))
      from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select format('%s %s', case relkind when 'S' then 'sequence' when 'v' then 'view' else 'relation' end, relname)
      from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('S', 'v', 'm', 'p', 'f')
    union all
    select format('type %s', typname)
      from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')`
    .execute(db);
  return rows.map((row) => row.line).sort();
}
