import type { ComponentChildren } from "preact";
import { PopoverDialog, type PopoverDialogProps } from "./PopoverDialog.tsx";

interface ConfirmButtonProps extends PopoverDialogProps {
  /** The verb on the button that does it. */
  verb: string;
  /** Where the answer is posted to; the page itself by default. */
  action?: string;
  fields: Record<string, string | readonly string[]>;
  /** What will happen, and what will not. */
  children: ComponentChildren;
}

/** A button that asks before it does something that cannot be taken back. */
export function ConfirmButton(
  { verb, action, fields, children, ...dialog }: ConfirmButtonProps,
) {
  return (
    <PopoverDialog {...dialog}>
      <p>{children}</p>
      <form method="post" action={action} class="dialog-actions">
        {Object.entries(fields).flatMap(([field, value]) =>
          [value].flat().map((each) => (
            <input key={`${field} ${each}`} type="hidden" name={field} value={each} />
          ))
        )}
        <button
          type="button"
          class="btn"
          popovertarget={dialog.id}
          popovertargetaction="hide"
        >
          Cancel
        </button>
        <button type="submit" class="btn btn-danger">{verb}</button>
      </form>
    </PopoverDialog>
  );
}
