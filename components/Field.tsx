import { cloneElement, type ComponentChildren, type VNode } from "preact";

interface FieldProps {
  /** Id of the control; its name in most forms. */
  id: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** What is wrong with the value that was sent. */
  error?: string;
  class?: string;
  /** One input, select or textarea. */
  children: VNode<Record<string, unknown>>;
}

/** A control with its label, hint and fault, tied together for readers. */
export function Field({ id, label, hint, error, class: extra, children }: FieldProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={extra ? `field ${extra}` : "field"}>
      <label class="field-label" for={id}>{label}</label>
      {cloneElement(children, {
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? "true" : undefined,
      })}
      {hint && <p class="field-hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}
