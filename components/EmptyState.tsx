import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** One or two sentences that teach the next step. */
  children: ComponentChildren;
  actions?: ComponentChildren;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{children}</p>
      {actions && <div class="actions justify-center">{actions}</div>}
    </div>
  );
}
