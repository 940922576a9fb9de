import { Signal } from "@preact/signals";
import { DevalueError, stringify } from "devalue";
import { buildId } from "../build_id.ts";
import type { IslandEntry, IslandPayload } from "../markers.ts";
import { isJsx } from "./islands.ts";
import { type RenderedIsland, Slot } from "./state.ts";

const REDUCERS = {
  // Before the rest: a signal is an object with circular parts otherwise.
  Signal: (value: unknown) => value instanceof Signal && [value.peek()],
  Slot: (value: unknown) => value instanceof Slot && [value.id],
  Jsx: (value: unknown) => {
    if (isJsx(value)) throw new TypeError("JSX must be a prop itself, or an array of JSX");
  },
};

/**
 * One serialisation for all islands of a page, so that a value which two of them share stays one.
 *
 * @returns JSON without `<`, so that no text in it can end the script element or open a comment.
 * @throws {TypeError} If a prop cannot be sent, naming the island and the prop.
 */
export function islandPayload(islands: readonly RenderedIsland[]): string {
  const urls = [...new Set(islands.map(({ ref }) => ref.file.url))];
  const entries = islands.map(({ ref, props }): IslandEntry => [
    urls.indexOf(ref.file.url),
    ref.exportName,
    props,
  ]);
  const head: Omit<IslandPayload, "p"> = { b: buildId(), m: urls };
  const json = `${JSON.stringify(head).slice(0, -1)},"p":${stringifyEntries(islands, entries)}}`;
  return json.replaceAll("<", "\\u003c");
}

function stringifyEntries(islands: readonly RenderedIsland[], entries: IslandEntry[]): string {
  try {
    return stringify(entries, REDUCERS);
  } catch (error) {
    const place = error instanceof DevalueError ? error.path : "";
    const [, index, prop] = /^\[(\d+)\]\[2\](.*)$/.exec(place) ?? [];
    const island = islands[Number(index)];
    const where = island ? ` of ${nameOf(island)} at props${prop}` : "";
    throw new TypeError(`Cannot serialise island props${where}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function nameOf({ ref }: RenderedIsland): string {
  return `${ref.component.displayName ?? ref.component.name} (${ref.file.url})`;
}
