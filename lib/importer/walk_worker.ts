import {
  type CompareEnd,
  type CompareStep,
  type CompareTask,
  compareTree,
} from "./compare_tree.ts";
import { serveCalls } from "./worker_serve.ts";

/** A task starts a walk; null asks for its next step. */
export type WalkQuestion = CompareTask | null;
export type WalkAnswer = { step: CompareStep } | { end: CompareEnd } | null;

let tree: Generator<CompareStep, CompareEnd> | null = null;

// One step for each question, so that a slow database holds the walk back instead of filling the memory.
serveCalls<WalkQuestion, WalkAnswer>((question) => {
  if (question) tree = compareTree(question);
  const next = tree?.next();
  if (!next?.done) return next ? { step: next.value } : null;
  tree = null;
  return { end: next.value };
});
