import { useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";

interface CopyButtonProps {
  text: string;
  label: string;
  /** Puts the text on the clipboard; false if the browser refused. */
  onCopy: (text: string) => Promise<boolean>;
  class?: string;
}

/** For use inside islands. The label answers for two seconds, which readers hear too. */
export function CopyButton(
  { text, label, onCopy, class: extra = "btn btn-primary" }: CopyButtonProps,
) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    setSaid(await onCopy(text) ? "Copied" : "Press Ctrl C");
    setTimeout(() => setSaid(null), 2000);
  };
  return (
    <button type="button" class={extra} onClick={copy}>
      <Icon name={said === "Copied" ? "check" : "copy"} />
      <span aria-live="polite">{said ?? label}</span>
    </button>
  );
}
