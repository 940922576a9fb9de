import { type RawBuilder, sql } from "kysely";
import type { Tx } from "@/lib/db/schema.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { storable } from "@/lib/text/storable.ts";
import { collectionMembers } from "./collections_repository.ts";
import { idList } from "./id_list.ts";
import { adapters } from "./repository.ts";
import type { BulkOutcome, BulkRequest } from "./schema.ts";

/** The most values a list of an adapter may have. */
const MAX_TAGS = 200;

/** Applies one change to many adapters. What is hidden from the viewer is not found. */
export async function applyInBulk(
  tx: Tx,
  request: BulkRequest,
  nsfwMax: number,
): Promise<BulkOutcome> {
  const wanted = [...new Set(request.ids)];
  // In id order, as everywhere: two bulk changes that overlap must not wait for each other.
  const rows = await tx.selectFrom("adapter").select(["id", "nsfw_level", "tags"])
    .where(sql<boolean>`id = any(${idList(wanted)})`).orderBy("id").forUpdate().execute();
  const visible = rows.filter(({ nsfw_level }) => nsfwRank(nsfw_level) <= nsfwMax);
  const found = new Set(visible.map(({ id }) => id));
  const errors: BulkOutcome["errors"] = [];
  if (request.action === "tag") {
    const added = request.tags.map(storable);
    for (const { id, tags } of visible) {
      if (new Set([...tags, ...added]).size <= MAX_TAGS) continue;
      errors.push({ id, message: `It would have more than ${MAX_TAGS} tags` });
      found.delete(id);
    }
  }
  if (found.size > 0) await apply(tx, request, [...found]);
  return {
    updated: found.size,
    not_found: wanted.filter((id) => !visible.some((row) => row.id === id)),
    errors,
  };
}

async function apply(tx: Tx, request: BulkRequest, ids: string[]): Promise<void> {
  switch (request.action) {
    case "activate":
      await adapters(tx).activate(ids);
      break;
    case "deactivate":
      await adapters(tx).deactivate(ids);
      break;
    case "favorite":
      await edit(tx, ids, "is_favorite", sql`true`);
      break;
    case "unfavorite":
      await edit(tx, ids, "is_favorite", sql`false`);
      break;
    case "weight":
      await edit(tx, ids, "weight", sql`${request.weight}::float8`);
      break;
    case "delete":
      await tx.deleteFrom("adapter").where(sql<boolean>`id = any(${idList(ids)})`).execute();
      break;
    case "tag":
      await edit(
        tx,
        ids,
        "tags",
        sql`tags || array(select tag from ${textsOf(request.tags)} tag where tag <> all(tags))`,
      );
      break;
    case "untag":
      await edit(
        tx,
        ids,
        "tags",
        sql`array(select tag from unnest(tags) with ordinality as old(tag, place)
          where tag not in (select * from ${textsOf(request.tags)}) order by place)`,
      );
      break;
    case "collect":
      await collectionMembers(tx).add(request.collection_id, ids);
      break;
    case "uncollect":
      await collectionMembers(tx).remove(request.collection_id, ids);
  }
}

/** Sets a column to `value`, an expression over the row, as a user's edit. */
const edit = (tx: Tx, ids: string[], column: string, value: RawBuilder<unknown>) =>
  sql`update adapter set ${sql.ref(column)} = ${value}, updated_at = now(),
      edited_fields = case when ${column} = any(edited_fields) then edited_fields
        else array_append(edited_fields, ${column}) end
    where id = any(${idList(ids)})`.execute(tx);

/** Texts as a set of rows. JSON, because the two drivers disagree on how arrays are bound. */
const textsOf = (texts: readonly string[]) =>
  sql`jsonb_array_elements_text(${JSON.stringify([...new Set(texts.map(storable))])}::jsonb)`;
