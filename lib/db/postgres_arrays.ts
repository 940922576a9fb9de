import { parse } from "postgres-array";
import type { PostgresType } from "postgres";

/** Array type → how to read an item; the ids are fixed in Postgres' catalog. */
const ITEMS: Record<string, { oid: number; read: (text: string) => unknown }> = {
  texts: { oid: 1009, read: String },
  uuids: { oid: 2951, read: String },
  int4s: { oid: 1007, read: Number },
  int8s: { oid: 1016, read: Number },
};

/**
 * How arrays cross the wire, stated here because the driver's own way is to ask each new connection for its array
 * types, by a statement whose failure nobody awaits: a connection lost at that moment ended the process.
 */
export const ARRAY_TYPES: Record<string, PostgresType> = Object.fromEntries(
  Object.entries(ITEMS).map(([name, { oid, read }]) => [name, {
    to: oid,
    from: [oid],
    serialize: (value: unknown) => Array.isArray(value) ? literal(value) : value,
    parse: (text: string) => parse(text, read),
  }]),
);

const literal = (items: unknown[]): string =>
  `{${items.map((item) => item === null ? "null" : `"${quoted(String(item))}"`).join(",")}}`;

const quoted = (text: string): string => text.replace(/[\\"]/g, "\\$&");
