import { Icon } from "@/components/Icon.tsx";
import { dismiss, toasts } from "@/browser/toasts.ts";

/** The page's corner for messages. Always in the document, so that readers hear what is added to it. */
export default function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, kind, text }) => (
        <div key={id} class={`toast toast-${kind}`}>
          <Icon name={kind === "ok" ? "circle-check" : "circle-alert"} />
          <span>{text}</span>
          <button type="button" class="mini" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <Icon name="x" />
          </button>
        </div>
      ))}
    </div>
  );
}
