import { options, type VNode } from "preact";
import { islandRefOf } from "../build.ts";
import { setHeadSink } from "../head_sink.ts";
import { boundaryOf } from "./islands.ts";
import { currentRender } from "./state.ts";

/** Preact's hook before a vnode is diffed, under the name that its builds give it. */
interface DiffHooks {
  __b?: (vnode: VNode) => void;
}

const hooks = options as typeof options & DiffHooks;
const { vnode: vnodeHook, __b: diffHook } = hooks;

/** Vnodes made once and rendered often must get the nonce of each render, not keep the first. */
const nonced = new WeakSet<VNode>();

hooks.vnode = (vnode) => {
  const ref = islandRefOf(vnode.type);
  if (ref) vnode.type = boundaryOf(ref) as VNode["type"];
  vnodeHook?.(vnode);
};

hooks.__b = (vnode) => {
  const { type } = vnode;
  if (type === "script" || type === "style") addNonce(vnode);
  diffHook?.(vnode);
};

function addNonce(vnode: VNode): void {
  const render = currentRender();
  if (!render) return;
  const props = vnode.props as VNode["props"] & { nonce?: string };
  if (props.nonce !== undefined && !nonced.has(vnode)) return;
  vnode.props = Object.assign({}, props, { nonce: render.nonce });
  nonced.add(vnode);
}

setHeadSink((elements) => currentRender()?.head.push(...elements));
