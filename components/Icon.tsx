import { asset } from "fresh/runtime";
import type { IconName } from "./icon_names.ts";

interface IconProps {
  name: IconName;
  class?: string;
  /** Given, the icon speaks for itself; without it, readers skip it. */
  label?: string;
}

/** One drawing of the sprite `static/icons.svg`, as large as 1.125 of the text around it. */
export function Icon({ name, class: extra, label }: IconProps) {
  return (
    <svg
      class={extra ? `icon ${extra}` : "icon"}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      <use href={`${asset("/icons.svg")}#${name}`} />
    </svg>
  );
}
