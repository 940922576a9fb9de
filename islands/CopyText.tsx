import { CopyButton } from "@/components/CopyButton.tsx";
import { copyText } from "@/browser/clipboard.ts";

/** A copy button for text that the server rendered. */
export default function CopyText({ text, label }: { text: string; label: string }) {
  return <CopyButton text={text} label={label} onCopy={copyText} class="btn" />;
}
