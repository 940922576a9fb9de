import { h, type VNode } from "preact";
import type { Build, ClientScript } from "../build.ts";
import { PAYLOAD_ID, SLOT_TEMPLATE_ID } from "../markers.ts";
import { addToHead } from "./head.ts";
import { SlotContent } from "./islands.ts";
import { islandPayload } from "./payload.ts";
import { type RenderState, renderWith } from "./state.ts";

/** Where the page goes into the app wrapper's markup. */
export const HOLE = "<!--fresh:page-->";
/** What surrounds a page without an app wrapper. */
export const BARE_SHELL = `<html><head><meta charset="utf-8"></head><body>${HOLE}</body></html>`;

interface DocumentParts {
  readonly shell: string;
  readonly page: string;
  readonly pageHead: readonly VNode[];
  readonly state: RenderState;
  readonly build: Build;
}

/** Joins wrapper, page, head elements and what the browser has to load into one document. */
export function assembleDocument({ shell, page, pageHead, state, build }: DocumentParts): string {
  // First, because slots that are rendered only now may hold islands that the head must preload.
  const tail = bodyEnd(state, build);
  // The page is put in last: nothing in it can be taken for a part of the wrapper.
  const [before = "", after] = shell.split(HOLE);
  const start = addToHead(
    before,
    [...state.head, ...pageHead],
    headAssets(state, build),
    (vnode) => renderWith(state, vnode),
  );
  return after === undefined
    ? `<!DOCTYPE html>${addToEnd(start, tail)}`
    : `<!DOCTYPE html>${start}${page}${addToEnd(after, tail)}`;
}

function addToEnd(html: string, tail: string): string {
  const index = html.lastIndexOf("</body>");
  return index < 0 ? html + tail : html.slice(0, index) + tail + html.slice(index);
}

function headAssets({ islands, nonce }: RenderState, build: Build): string {
  const styles = new Set(build.styles);
  const preloads = new Set<string>();
  for (const { ref } of islands) {
    for (const style of ref.file.styles) styles.add(style);
    for (const url of [ref.file.url, ...ref.file.imports]) preloads.add(url);
  }
  const scripts = islands.length > 0 && build.boot ? [build.boot, ...build.scripts] : build.scripts;
  for (const { url, imports } of scripts) for (const part of [url, ...imports]) preloads.add(part);
  const links = [...styles].map((url) => `<link rel="stylesheet" href="${url}" nonce="${nonce}">`)
    .join("");
  // Vite's dev client reads the nonce for the style elements it makes from this element.
  if (build.mode === "development") return `<meta property="csp-nonce" nonce="${nonce}">${links}`;
  return links +
    [...preloads].map((url) => `<link rel="modulepreload" href="${url}" nonce="${nonce}">`)
      .join("");
}

function bodyEnd(state: RenderState, build: Build): string {
  const { islands, nonce } = state;
  let html = build.scripts.map((script) => scriptTag(script, nonce)).join("");
  if (islands.length === 0) return html;
  // Slots may hold islands with slots of their own, so the lists grow while this renders them.
  for (const slot of state.slots) {
    if (slot.isRendered) continue;
    const content = renderWith(state, h(SlotContent, { slot }));
    html += `<template id="${SLOT_TEMPLATE_ID}${slot.id}">${content}</template>`;
  }
  html += `<script type="application/json" id="${PAYLOAD_ID}" nonce="${nonce}">` +
    `${islandPayload(islands)}</script>`;
  return build.boot ? html + scriptTag(build.boot, nonce) : html;
}

function scriptTag({ url }: ClientScript, nonce: string): string {
  return `<script type="module" src="${url}" nonce="${nonce}"></script>`;
}
