/** The part of the API that islands may import: everything here is safe in a browser. */
import { type ComponentChildren, isValidElement, toChildArray, type VNode } from "preact";
import { buildId } from "./src/build_id.ts";
import { collectHead } from "./src/head_sink.ts";

export { HttpError } from "./src/http_error.ts";

/** True in the browser, false while rendering on the server. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** Adds the build's id to the URL of a static file, which lets browsers cache it for a year. */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//")) return path;
  const [url, hash] = path.split("#");
  const separator = url!.includes("?") ? "&" : "?";
  return `${url}${separator}v=${buildId()}${hash === undefined ? "" : `#${hash}`}`;
}

/**
 * Adds its children to the document's head. A title, or a meta of the same name or property,
 * replaces the one already there. In the browser it does nothing: the head came with the page.
 */
export function Head({ children }: { children?: ComponentChildren }): null {
  collectHead(toChildArray(children).filter((child): child is VNode => isValidElement(child)));
  return null;
}
