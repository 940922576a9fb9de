import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { ISLAND_END, ISLAND_START, SLOT_END, SLOT_START } from "../markers.ts";

/** Makes the vnode of the island with this number. */
export type IslandFactory = (id: number) => VNode;

/** The markup of a slot as vnodes, the islands in it revived. @param start Its start mark. */
export function slotContent(start: Comment, island: IslandFactory): VNode {
  return h(Fragment, null, siblings(start.nextSibling, SLOT_END, island));
}

function siblings(
  first: ChildNode | null,
  end: string,
  island: IslandFactory,
): ComponentChildren[] {
  const children: ComponentChildren[] = [];
  for (let node = first; node !== null; node = node.nextSibling) {
    if (node instanceof Comment) {
      if (node.data === end) break;
      if (!node.data.startsWith(ISLAND_START)) continue;
      children.push(island(Number(node.data.slice(ISLAND_START.length))));
      node = matchingEnd(node, ISLAND_START, ISLAND_END);
    } else {
      children.push(toVNode(node, island));
    }
  }
  return children;
}

function toVNode(node: ChildNode, island: IslandFactory): ComponentChildren {
  if (!(node instanceof Element)) return node.textContent;
  const props: Record<string, unknown> = {};
  for (const { name, value } of node.attributes) {
    // Preact assigns properties, and "" is false to a boolean one.
    const isFlag = value === "" && (node as unknown as Record<string, unknown>)[name] === true;
    props[name] = isFlag ? true : value;
  }
  return h(node.localName, props, ...siblings(node.firstChild, "", island));
}

/** The end mark of the island or slot that starts at `start`, passing over those inside it. */
export function matchingEnd(start: Comment, startPrefix: string, end: string): Comment {
  let depth = 0;
  for (let node: ChildNode | null = start; node !== null; node = node.nextSibling) {
    if (!(node instanceof Comment)) continue;
    if (node.data.startsWith(startPrefix)) depth++;
    else if (node.data === end && --depth === 0) return node;
  }
  throw new Error(`Cannot revive the page: "${start.data}" has no end`);
}

/** Every start mark in `root`, in document order: islands outermost only, slots at any depth. */
export function findMarks(root: Node): { islands: Comment[]; slots: Comment[] } {
  const islands: Comment[] = [];
  const slots: Comment[] = [];
  let depth = 0;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const comment = walker.currentNode as Comment;
    if (comment.data.startsWith(ISLAND_START) && depth++ === 0) islands.push(comment);
    else if (comment.data === ISLAND_END) depth--;
    else if (comment.data.startsWith(SLOT_START)) slots.push(comment);
  }
  return { islands, slots };
}
