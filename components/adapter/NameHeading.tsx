import { useState } from "preact/hooks";
import { EditedMark } from "../EditedMark.tsx";
import { Icon } from "../Icon.tsx";

interface NameHeadingProps {
  name: string;
  edited: readonly string[];
  /** Null where names cannot be changed in place: without scripts, or without the right to. */
  onRename: ((name: string) => void) | null;
}

/** The page's title, which becomes a field when asked to. */
export function NameHeading({ name, edited, onRename }: NameHeadingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = (value: string | null) => {
    const next = value?.trim();
    if (next && next !== name) onRename?.(next);
    setTyped(null);
  };
  if (typed !== null) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          finish(typed);
        }}
      >
        <input
          class="input text-xl font-strong"
          ref={(element) => {
            if (element !== document.activeElement) element?.focus();
          }}
          aria-label="Name"
          value={typed}
          maxLength={300}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => finish(typed)}
          onKeyDown={(event) => event.key === "Escape" && setTyped(null)}
        />
      </form>
    );
  }
  return (
    <h1>
      {name}
      <EditedMark field="name" edited={edited} />
      {onRename && (
        <button
          type="button"
          class="btn btn-quiet btn-icon btn-small ml-1.5 align-middle"
          aria-label="Rename"
          onClick={() => setTyped(name)}
        >
          <Icon name="pencil" />
        </button>
      )}
    </h1>
  );
}
