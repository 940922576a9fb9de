import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer.ts";
import type { Adapter, DuplicateGroup } from "@/lib/catalog/schema.ts";
import { parseQuery } from "@/lib/http/parse.ts";
import { cardView } from "@/lib/shared/card_view.ts";
import {
  type DuplicateItem,
  type DuplicatesView,
  GROUPS_PAGE,
} from "@/lib/shared/duplicates_view.ts";
import type { Services } from "@/services.ts";

const REASONS = ["sha256", "name_version", "stem"] as const satisfies DuplicateGroup["reason"][];

const DuplicatesQuery = z.object({
  reason: z.enum(REASONS).optional(),
  offset: z.coerce.number().int().min(0).default(0),
});

/** One page of the groups that the URL asks for. @throws {Invalid} */
export async function duplicatesView(
  { catalog }: Pick<Services, "catalog">,
  viewer: Viewer,
  url: URL,
): Promise<DuplicatesView> {
  const { reason, offset } = parseQuery(DuplicatesQuery, url);
  const all = await catalog.duplicates(viewer);
  const asked = reason ? all.filter((group) => group.reason === reason) : all;
  const shown = asked.slice(offset, offset + GROUPS_PAGE);
  const ids = new Set(shown.flatMap(({ items }) => items.map(({ id }) => id)));
  const details = await catalog.details([...ids], viewer);
  const byId = new Map(details.map((adapter) => [adapter.id, adapter]));
  return {
    groups: shown.map(({ items, ...group }) => ({
      ...group,
      items: items.flatMap((card): DuplicateItem[] => {
        const adapter = byId.get(card.id);
        return adapter ? [{ card: cardView(card), ...factsOf(adapter) }] : [];
      }),
    })),
    counts: {
      sha256: countOf(all, "sha256"),
      name_version: countOf(all, "name_version"),
      stem: countOf(all, "stem"),
    },
    reason: reason ?? null,
    offset,
    total: asked.length,
  };
}

const countOf = (groups: readonly DuplicateGroup[], reason: DuplicateGroup["reason"]): number =>
  groups.filter((group) => group.reason === reason).length;

const factsOf = ({ file_path, file_mtime, hashes, edited_fields }: Adapter) => ({
  path: file_path,
  changedAt: file_mtime,
  sha256: hashes.sha256 ?? null,
  edited: edited_fields,
});

/** The records that a form of the page wants gone: one, or all but the one that is kept. */
export const RemovalForm = z.object({
  id: z.preprocess(
    (value) => Array.isArray(value) ? value : [value],
    z.array(z.uuid()).min(1).max(1000),
  ),
});
