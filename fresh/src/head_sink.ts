import type { VNode } from "preact";

/** Where `<Head>` puts its children. The server sets it; in a browser there is nowhere to put them. */
let sink: (elements: VNode[]) => void = () => {};

export function setHeadSink(next: (elements: VNode[]) => void): void {
  sink = next;
}

export function collectHead(elements: VNode[]): void {
  sink(elements);
}
