import { useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";

interface TriggerProps {
  /** What the text is, for the label: "Night", "Trigger words". */
  name: string;
  text: string;
  onCopy: (text: string) => Promise<boolean>;
}

/** A text that one click puts on the clipboard. For use inside islands. */
export function Trigger({ name, text, onCopy }: TriggerProps) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    setSaid(await onCopy(text) ? "Copied" : "Select it and press Ctrl C");
    setTimeout(() => setSaid(null), 2000);
  };
  return (
    <div class="field">
      <span class="field-hint flex gap-2">
        {name}
        <span class="text-ok" role="status">{said}</span>
      </span>
      <button
        type="button"
        class="trigger"
        data-done={said === "Copied" ? "" : undefined}
        aria-label={`Copy ${name}: ${text}`}
        onClick={copy}
      >
        <span>{text}</span>
        <Icon name={said === "Copied" ? "check" : "copy"} />
      </button>
    </div>
  );
}
