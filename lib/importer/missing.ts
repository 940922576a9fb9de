import { nsfwRank } from "@/lib/shared/nsfw.ts";
import type { Change, KnownFile } from "./inventory.ts";
import type { ImportItem } from "./report.ts";

/** As many as this may vanish from a folder of any size: people do delete files. */
const HARMLESS = 10;
/** More than this part of a library at once is rather a drive that is not there than a decision. */
const SUSPICIOUS_PART = 0.2;

export interface Vanished {
  files: KnownFile[];
  /** Models that are gone while their sidecars remain. */
  lost: Extract<Change, { kind: "lost" }>[];
  /** Files that were there before the scan. */
  presentBefore: number;
  /** The folder held nothing at all. */
  isEmpty: boolean;
  /** A person has said that they are really gone. */
  confirmed: boolean;
}

export interface MissingMark {
  id: string;
  fingerprint: string;
  file_status: "missing";
  path: string;
  reason: string;
  nsfw_rank: number;
}

/**
 * Decides whether files that were not found are to be marked missing.
 *
 * @returns The marks, or the line that says why there are none.
 */
export function judgeVanished(
  vanished: Vanished,
): { marks: MissingMark[] } | { paused: ImportItem } {
  const { files, lost, presentBefore, isEmpty, confirmed } = vanished;
  const gone = files.length + lost.length;
  const isSuspicious = gone > 0 && isEmpty ||
    gone > HARMLESS && gone > SUSPICIOUS_PART * presentBefore;
  if (isSuspicious && !confirmed) {
    return {
      paused: {
        path: "",
        outcome: "paused",
        reason: `${gone} of ${presentBefore} known files have vanished at once, as if the drive ` +
          `were absent, so none was marked missing. If they are really gone, import again with ` +
          `confirm_missing.`,
        nsfw_rank: 0,
      },
    };
  }
  const file_status = "missing";
  return {
    marks: [
      ...files.map(({ id, path, fingerprint, nsfw }) => ({
        id,
        path,
        fingerprint,
        file_status,
        reason: "The file is gone; the record is kept",
        nsfw_rank: nsfwRank(nsfw),
      } as const)),
      ...lost.map(({ id, group, nsfw }) => ({
        id,
        path: group.path,
        // Of what is left, so that a change of the sidecars is still noticed.
        fingerprint: group.fingerprint,
        file_status,
        reason: "The model file is gone, its sidecars remain; the record is kept",
        nsfw_rank: nsfwRank(nsfw),
      } as const)),
    ],
  };
}
