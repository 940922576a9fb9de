import { nsfwRank } from "@/lib/shared/nsfw.ts";
import type { Batch } from "./apply.ts";
import type { Described } from "./describe_group.ts";
import type { Problem } from "./facts.ts";
import type { FileGroup } from "./group.ts";
import { FOREIGN_REASON, type ImportItem } from "./report.ts";

/** describeAdapter()'s word for JSON of other programs: no fault of the library. */
const FOREIGN = "not a sidecar";

/** False for what is merely none of our business. */
export const isFault = ({ reason }: Problem): boolean => reason !== FOREIGN;

function whatWasKept(group: FileGroup, described: Described, file: string): string {
  if (!described.isAdapter) return "nothing was recorded";
  if (group.model?.name === file) {
    return described.isUnreadable
      ? "the record is kept, marked unreadable"
      : "the rest of the record is kept";
  }
  return "the record was made from the other files";
}

/** The report's lines about what could not be used. */
export function problemItems({ changes, described }: Pick<Batch, "changes" | "described">) {
  const items: ImportItem[] = [];
  for (const { group } of changes) {
    const answer = described.get(group.path);
    const nsfw_rank = nsfwRank(answer?.nsfw ?? 0);
    for (const { file, reason } of answer?.problems ?? []) {
      const path = group.dir ? `${group.dir}/${file}` : file;
      if (!isFault({ file, reason })) {
        items.push({
          path,
          outcome: "skipped",
          reason: FOREIGN_REASON,
          nsfw_rank,
        });
      } else {
        const kept = whatWasKept(group, answer!, file);
        items.push({ path, outcome: "failed", reason: `${reason}; ${kept}`, nsfw_rank });
      }
    }
  }
  return items;
}
