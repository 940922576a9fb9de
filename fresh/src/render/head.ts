import type { VNode } from "preact";

const TAG = /<(title|meta)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>(?:([^<]*)<\/title>)?/g;

/**
 * Puts head elements before `</head>`. A title, or a meta with the same `name` or `property`,
 * replaces earlier ones, in `html` and in the list alike.
 *
 * @param html The document up to the page; preact-render-to-string quotes and escapes attributes.
 */
export function addToHead(
  html: string,
  elements: readonly VNode[],
  assets: string,
  render: (vnode: VNode) => string,
): string {
  const keyed = new Map<string | VNode, VNode>();
  for (const element of elements) keyed.set(keyOfElement(element) ?? element, element);
  const added = assets + [...keyed.values()].map(render).join("");
  if (added === "") return html;

  const end = html.indexOf("</head>");
  if (end < 0) return html.replace(/^(<html[^>]*>)?/, (open) => `${open}<head>${added}</head>`);
  const head = html.slice(0, end).replace(TAG, (tag, name: string, attributes: string) => {
    const key = name === "title" ? "title" : keyOfAttributes(attributes);
    return key !== null && keyed.has(key) ? "" : tag;
  });
  return head + added + html.slice(end);
}

function keyOfElement({ type, props }: VNode): string | null {
  if (type === "title") return "title";
  if (type !== "meta") return null;
  const { name, property } = props as { name?: string; property?: string };
  if (name) return `name=${name}`;
  return property ? `property=${property}` : null;
}

function keyOfAttributes(attributes: string): string | null {
  const [, kind, value] = /\s(name|property)="([^"]*)"/.exec(attributes) ?? [];
  return kind ? `${kind}=${value}` : null;
}
