import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icon_names.ts";

interface ConfirmButtonProps {
  /** Unique in the page. */
  id: string;
  label: string;
  icon?: IconName;
  class?: string;
  /** What readers hear instead of the label, where that alone does not say what it is about. */
  name?: string;
  /** The question's title. */
  title: string;
  /** The verb on the button that does it. */
  verb: string;
  /** Where the answer is posted to; the page itself by default. */
  action?: string;
  fields: Record<string, string | readonly string[]>;
  /** What will happen, and what will not. */
  children: ComponentChildren;
}

/** A button that asks before it does something that cannot be taken back. A popover, so it works without scripts. */
export function ConfirmButton(
  { id, label, icon, class: extra = "btn btn-small", name, title, verb, action, fields, children }:
    ConfirmButtonProps,
) {
  return (
    <>
      <button type="button" class={extra} popovertarget={id} aria-label={name}>
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
        <form method="post" action={action} class="dialog-body">
          <h2 id={`${id}-title`}>{title}</h2>
          <p>{children}</p>
          {Object.entries(fields).flatMap(([field, value]) =>
            [value].flat().map((each) => (
              <input key={`${field} ${each}`} type="hidden" name={field} value={each} />
            ))
          )}
          <div class="dialog-actions">
            <button type="button" class="btn" popovertarget={id} popovertargetaction="hide">
              Cancel
            </button>
            <button type="submit" class="btn btn-danger">{verb}</button>
          </div>
        </form>
      </div>
    </>
  );
}
