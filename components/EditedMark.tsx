import type { EditableColumn } from "@/lib/catalog/schema.ts";

interface EditedMarkProps {
  field: EditableColumn;
  edited: readonly string[];
}

/** A dot beside what the user set by hand: imports leave it alone. */
export function EditedMark({ field, edited }: EditedMarkProps) {
  if (!edited.includes(field)) return null;
  return (
    <span
      class="edited"
      role="img"
      title="Edited by you; imports leave it alone"
      aria-label="edited by you"
    />
  );
}
