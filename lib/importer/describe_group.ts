import { newId } from "@/lib/shared/id.ts";
import type { Hashes } from "@/lib/db/schema.ts";
import type { AdapterFacts, Problem } from "./facts.ts";
import { describeAdapter } from "./describe.ts";
import { hasEmbeddedCover } from "./formats/cover.ts";
import type { FileGroup } from "./group.ts";
import { mergeIntoExisting } from "./merge.ts";
import { readGroup } from "./read_group.ts";
import { fileRow } from "./row.ts";

export interface DescribeTask {
  /** Absolute. */
  root: string;
  rootId: string;
  items: {
    group: FileGroup;
    /** True if no record exists: the answer is then ready to insert. */
    isNew: boolean;
    /** Computed from this very file before, if it did not change since. */
    hashes: Hashes | null;
  }[];
}

/** An adapter as its files describe it. */
export interface Described {
  path: string;
  /** False for lone JSON files that belong to other programs. */
  isAdapter: boolean;
  name: string;
  version: string;
  /** Content level, as a mask. */
  nsfw: number;
  isUnreadable: boolean;
  problems: Problem[];
  /** A JSON object with every written column; only for a new record. */
  row: string | null;
  /** JSON of a `FileRow` and of `AdapterFacts`; only for an existing record, to be merged with it. */
  update: { file: string; facts: string } | null;
}

const isAdapter = (facts: AdapterFacts) =>
  facts.sources.some((source) => source !== "file_name" && source !== "text");

/**
 * Reads and describes groups. What can be done away from the main thread is done here: the rows leave as JSON text,
 * which costs a Worker's message nothing to carry.
 */
export function describeGroups({ root, rootId, items }: DescribeTask): Described[] {
  const answer: Described[] = [];
  const realRoot = Deno.realPathSync(root);
  for (const { group, isNew, hashes } of items) {
    const read = readGroup(realRoot, group);
    const facts = describeAdapter({
      stem: group.stem,
      sidecars: read.sidecars,
      model: group.model && read.model && {
        fileName: group.model.name,
        sizeBytes: read.model.size,
        header: read.model.header,
        hashes: hashes ?? {},
      },
    });
    const problems = [...read.problems, ...facts.problems];
    const file = fileRow(group, read.model, hasEmbeddedCover(read.model?.header?.metadata ?? {}));
    answer.push({
      path: group.path,
      isAdapter: group.model !== null || isAdapter(facts),
      name: facts.name,
      version: facts.version,
      nsfw: facts.nsfw_level,
      isUnreadable: file.file_status === "unreadable",
      problems,
      row: isNew
        ? JSON.stringify({
          id: newId(),
          root_id: rootId,
          ...mergeIntoExisting(null, facts, []),
          ...file,
        })
        : null,
      update: isNew ? null : { file: JSON.stringify(file), facts: JSON.stringify(facts) },
    });
  }
  return answer;
}
