import type { ContainerNode } from "preact";

/**
 * An element's stand-in for `render()`, whose children are the nodes between two comments. An
 * island has no element of its own, so that it can stand wherever a component can.
 */
export function parentOfRange(start: Comment, end: Comment): ContainerNode {
  const parent = start.parentNode!;
  const childNodes: ChildNode[] = [];
  for (let node = start.nextSibling; node !== end && node; node = node.nextSibling) {
    childNodes.push(node);
  }
  const range = {
    nodeType: Node.ELEMENT_NODE,
    namespaceURI: (parent as Element).namespaceURI,
    parentNode: parent,
    firstChild: childNodes[0] ?? null,
    childNodes,
    contains: (node: Node) => parent.contains(node),
    insertBefore: (node: Node, before: Node | null) => parent.insertBefore(node, before ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return range as unknown as ContainerNode;
}
