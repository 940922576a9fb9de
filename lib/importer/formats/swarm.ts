import type { Findings } from "./findings.ts";
import { modelspecKeys, readModelspec } from "./modelspec.ts";
import { type Json, text } from "./read.ts";

/** Reads `NAME.swarm.json` of SwarmUI: the header's modelspec keys as its user has edited them. */
export function readSwarm(doc: Json): Findings {
  return {
    ...readModelspec(doc),
    source: "swarm",
    notes: text(modelspecKeys(doc).usage_hint, 50_000),
  };
}
