import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

interface MenuProps {
  icon: IconName;
  label: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}

/** A button that unfolds a list of links or buttons; a `<details>`, so that it works without scripts. */
export function Menu({ icon, label, class: extra, children }: MenuProps) {
  return (
    <details class={extra ? `menu ${extra}` : "menu"}>
      <summary class="btn">
        <Icon name={icon} />
        {label}
        <Icon name="chevron-down" />
      </summary>
      <ul class="menu-items">{children}</ul>
    </details>
  );
}
