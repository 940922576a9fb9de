import type { TriggerSet } from "@/lib/db/schema.ts";

/** Empty rows to fill, because without scripts none can be added. */
const SPARE = 2;

interface TriggerSetFieldsProps {
  sets: readonly TriggerSet[];
  typed: Record<string, string | string[]> | null;
  error?: string;
}

/** Named trigger sets, one a row; a row without text goes away. */
export function TriggerSetFields({ sets, typed, error }: TriggerSetFieldsProps) {
  const names = typed ? [typed.set_name ?? []].flat() : sets.map(({ name }) => name);
  const texts = typed ? [typed.set_text ?? []].flat() : sets.map(({ text }) => text);
  const rows = names.map((name, index) => ({ name, text: texts[index] ?? "" }))
    .filter(({ name, text }) => name !== "" || text !== "");
  const all = [...rows, ...Array.from({ length: SPARE }, () => ({ name: "", text: "" }))];
  return (
    <fieldset class="field wide">
      <legend class="field-label">Trigger sets</legend>
      <p class="field-hint">
        Texts you paste together, under a name of yours. Empty ones are dropped.
      </p>
      {error && <p class="field-error">{error}</p>}
      {all.map(({ name, text }, index) => (
        <div key={index} class="grid gap-2 sm:grid-cols-[10rem_1fr]">
          <input
            class="input"
            name="set_name"
            value={name}
            placeholder="Name"
            aria-label={`Name of set ${index + 1}`}
            maxLength={100}
            autocomplete="off"
          />
          <input
            class="input mono"
            name="set_text"
            value={text}
            placeholder="Text"
            aria-label={`Text of set ${index + 1}`}
            maxLength={2000}
            autocomplete="off"
          />
        </div>
      ))}
    </fieldset>
  );
}
