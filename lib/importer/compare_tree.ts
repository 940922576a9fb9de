import { type FileGroup, groupFiles, isRelevant } from "./group.ts";
import { type Change, Inventory, type KnownFile, unpackKnown } from "./inventory.ts";
import { FOREIGN_REASON } from "./report.ts";
import { countModels, walk, type WalkProblem } from "./walk.ts";

export interface CompareTask {
  /** Absolute. */
  root: string;
  /** Only this folder of the root, relative to it; "" for all. */
  under: string;
  ignore: string[];
  /** See `unpackKnown`. */
  known: string;
  /** Lone JSON files known to be no sidecars: fingerprints by path. */
  foreign: ReadonlyMap<string, string>;
  /** Treat every file as changed. */
  forceResync: boolean;
}

/** One step of a comparison: the changes and problems of some folders. */
export interface CompareStep {
  changes: Change[];
  problems: WalkProblem[];
  /** Groups looked at so far. */
  scanned: number;
  /** How many there will be, by estimate. */
  expected: number;
}

export interface CompareEnd {
  scanned: number;
  unchanged: number;
  /** Model files without any sidecar. */
  orphans: number;
  presentBefore: number;
  vanished: KnownFile[];
}

/** Large enough to keep workers busy, small enough that a batch is one short transaction. */
const STEP_CHANGES = 64;

function foreignProblem({ dir, sidecars }: FileGroup): WalkProblem {
  const { name } = sidecars[0]!;
  return { path: dir ? `${dir}/${name}` : name, outcome: "skipped", reason: FOREIGN_REASON };
}

/** Walks the tree and says what changed since the catalog was last brought up to date. Blocks: see `walk`. */
export function* compareTree(task: CompareTask): Generator<CompareStep, CompareEnd> {
  const known = unpackKnown(task.known);
  const inventory = new Inventory(task.root, known);
  const expected = known.length || countModels(task.root, task.under);
  const unlisted: string[] = [];
  let scanned = 0;
  let unchanged = 0;
  let orphans = 0;
  let changes: Change[] = [];
  let problems: WalkProblem[] = [];
  for (
    const folder of walk(task.root, { under: task.under, ignore: task.ignore, wants: isRelevant })
  ) {
    if (!folder.listed) unlisted.push(folder.dir);
    problems.push(...folder.problems);
    for (const group of groupFiles(folder)) {
      scanned++;
      if (group.model && group.sidecars.length === 0) orphans++;
      if (!group.model && task.foreign.get(group.path) === group.fingerprint) {
        problems.push(foreignProblem(group));
        continue;
      }
      const change = inventory.compare(group, task.forceResync);
      if (change) changes.push(change);
      else unchanged++;
      if (changes.length >= STEP_CHANGES) {
        yield { changes, problems, scanned, expected };
        [changes, problems] = [[], []];
      }
    }
  }
  yield { changes, problems, scanned, expected };
  const isUnderUnlisted = (path: string) =>
    unlisted.some((dir) => dir === "" || path.startsWith(`${dir}/`));
  return {
    scanned,
    unchanged,
    orphans,
    presentBefore: inventory.presentBefore,
    vanished: inventory.vanished(isUnderUnlisted),
  };
}
