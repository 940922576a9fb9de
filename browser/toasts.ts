import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  kind: "ok" | "danger";
  text: string;
}

const SHOWN_MS = 6000;
let last = 0;

/** Messages about things that happened elsewhere than where the eye is. Browser only. */
export const toasts = signal<readonly Toast[]>([]);

export const tell = (text: string): void => show("ok", text);

/** A failure. It stays twice as long: it has to be read. */
export const complain = (text: string): void => show("danger", text);

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

function show(kind: Toast["kind"], text: string): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-2), { id, kind, text }];
  setTimeout(() => dismiss(id), kind === "ok" ? SHOWN_MS : SHOWN_MS * 2);
}
