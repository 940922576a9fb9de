import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

export interface PopoverDialogProps {
  /** Unique in the page. */
  id: string;
  /** On the button that opens it. */
  label?: string;
  icon?: IconName;
  class?: string;
  /** What readers hear instead of the label, where that alone does not say what it is about. */
  name?: string;
  title: string;
  children: ComponentChildren;
}

/** A button and the dialog it opens: a popover, so it works without scripts. */
export function PopoverDialog(
  { id, label, icon, class: extra = "btn btn-small", name, title, children }: PopoverDialogProps,
) {
  return (
    <>
      <button
        type="button"
        class={extra}
        popovertarget={id}
        aria-label={name}
        title={label ? undefined : name}
      >
        {icon && <Icon name={icon} />}
        {label}
      </button>
      <div
        id={id}
        class="dialog confirm"
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
      >
        <div class="dialog-body">
          <h2 id={`${id}-title`}>{title}</h2>
          {children}
        </div>
      </div>
    </>
  );
}
