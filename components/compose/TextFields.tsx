import type { ComposeText } from "@/lib/shared/compose_text.ts";

/** The prompt's text as hidden fields, so that no form of the page loses it. */
export function TextFields({ text }: { text: ComposeText }) {
  return (
    <>
      {Object.entries(text).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
