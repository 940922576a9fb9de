import type { ComponentChildren } from "preact";

interface ChoiceProps {
  name: string;
  value: string;
  checked: boolean;
  label: string;
  hint?: ComponentChildren;
  disabled?: boolean;
}

/** One of a few values that deserve to be seen side by side. */
export function Choice({ name, value, checked, label, hint, disabled }: ChoiceProps) {
  return (
    <label class="choice">
      <input
        type="radio"
        class="check"
        name={name}
        value={value}
        checked={checked}
        disabled={disabled}
      />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}
