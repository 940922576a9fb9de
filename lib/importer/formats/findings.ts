import type { AdapterFacts, FactSource } from "../facts.ts";

/** Columns that one document can fill. */
type Column = Exclude<
  keyof AdapterFacts,
  | "extra"
  | "sources"
  | "problems"
  | "version_choice"
  | "name_source"
  | "search_words"
  | "triggers"
  | "trigger_sets"
  | "training"
>;

/**
 * What one document says, by column. `description` is as found, `trained_words` too; both are cleaned
 * when the documents are merged.
 */
export interface Findings extends Partial<Pick<AdapterFacts, Column>> {
  source: FactSource;
  /** The version was not recognised, only assumed: what it says yields to all who know. */
  isGuess?: boolean;
  /** What no column holds, for `extra[source]`. */
  rest?: Record<string, unknown>;
}
