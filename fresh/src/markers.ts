/** Comments that mark islands and slots in the page; the start marks are followed by a number. */
export const ISLAND_START = "fresh:island:";
export const ISLAND_END = "/fresh:island";
export const SLOT_START = "fresh:slot:";
export const SLOT_END = "/fresh:slot";

/** Id of the JSON script with the islands' modules and props. */
export const PAYLOAD_ID = "__fresh_islands";
/** Prefix of the ids of templates that hold slots which an island did not render at first. */
export const SLOT_TEMPLATE_ID = "__fresh_slot_";

/** The JSON of the payload script. */
export interface IslandPayload {
  /** The build's id, for `asset()`. */
  b: string;
  /** Module URLs. */
  m: string[];
  /** devalue's flat form of an {@link IslandEntry} per island. */
  p: number | unknown[];
}

/** Index of the module URL, export name, props. */
export type IslandEntry = [number, string, Record<string, unknown>];
