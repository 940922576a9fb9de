import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

const ICON_OF: Record<NoticeKind, IconName> = {
  info: "info",
  ok: "circle-check",
  warn: "triangle-alert",
  danger: "circle-alert",
};

export type NoticeKind = "info" | "ok" | "warn" | "danger";

interface NoticeProps {
  kind?: NoticeKind;
  children: ComponentChildren;
  /** True for what appears after the page did and should be read out at once. */
  urgent?: boolean;
}

/** A message in the page: what happened, why, what to do. */
export function Notice({ kind = "info", children, urgent = false }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={urgent ? "alert" : undefined}>
      <Icon name={ICON_OF[kind]} />
      <div>{children}</div>
    </div>
  );
}
