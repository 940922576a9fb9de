import { type RawBuilder, sql } from "kysely";

/** Ids as one text parameter, for `= any(...)`: the two drivers disagree on how arrays are bound. */
export const idList = (ids: readonly string[]): RawBuilder<string[]> =>
  sql<string[]>`string_to_array(${ids.join(",")}, ',')::uuid[]`;
