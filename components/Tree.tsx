import { Icon } from "./Icon.tsx";

/** Values a browser shows without effort; the rest of a longer list is counted. */
const MAX_ITEMS = 200;

interface TreeProps {
  name: string;
  value: unknown;
  open?: boolean;
}

/** JSON as folds: what has parts opens, what has none stands in its line. */
export function Tree({ name, value, open = false }: TreeProps) {
  if (value === null || typeof value !== "object") {
    return (
      <div>
        <span class="tree-key">{name}:</span> {scalar(value)}
      </div>
    );
  }
  const parts = Object.entries(value);
  if (parts.length === 0) {
    return (
      <div>
        <span class="tree-key">{name}:</span> {Array.isArray(value) ? "[]" : "{}"}
      </div>
    );
  }
  return (
    <details open={open}>
      <summary>
        <Icon name="chevron-right" />
        <span class="tree-key">{name}</span>
        <span class="text-faint">
          {Array.isArray(value) ? `[${parts.length}]` : `{${parts.length}}`}
        </span>
      </summary>
      <div>
        {parts.slice(0, MAX_ITEMS).map(([key, part]) => <Tree key={key} name={key} value={part} />)}
        {parts.length > MAX_ITEMS && (
          <div class="text-faint">and {parts.length - MAX_ITEMS} more</div>
        )}
      </div>
    </details>
  );
}

const scalar = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);
