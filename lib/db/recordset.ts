import { type RawBuilder, sql } from "kysely";

/**
 * Many rows as one parameter. The text is cast on the server: a driver that is told "jsonb" would encode the
 * text once more.
 *
 * @param json An array of objects.
 */
export function recordset(
  json: string,
  alias: string,
  columns: Readonly<Record<string, string>>,
): RawBuilder<unknown> {
  const definition = Object.entries(columns).map(([name, type]) => `${name} ${type}`).join(", ");
  return sql`jsonb_to_recordset(${json}::text::jsonb) as ${sql.raw(alias)} (${
    sql.raw(definition)
  })`;
}
