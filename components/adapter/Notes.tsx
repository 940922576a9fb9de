import { EditedMark } from "../EditedMark.tsx";

interface NotesProps {
  notes: string;
  edited: readonly string[];
  mayWrite: boolean;
  /** True once scripts save by themselves. */
  savesItself: boolean;
  saved: boolean;
  onChange?: (notes: string) => void;
}

export function Notes({ notes, edited, mayWrite, savesItself, saved, onChange }: NotesProps) {
  return (
    <section class="section" aria-labelledby="notes-title">
      <div class="section-head">
        <h2 id="notes-title">
          Notes
          <EditedMark field="notes" edited={edited} />
        </h2>
        <span class="text-xs text-muted" role="status">{saved ? "Saved" : ""}</span>
      </div>
      {mayWrite
        ? (
          <form method="post" class="grid gap-2" data-intent="notes">
            <textarea
              class="input"
              name="notes"
              aria-labelledby="notes-title"
              placeholder="What works, what does not, what it goes with"
              maxLength={50_000}
              value={notes}
              onChange={(event) => onChange?.(event.currentTarget.value)}
            />
            {!savesItself && <button type="submit" class="btn w-fit">Save notes</button>}
          </form>
        )
        : <p class="whitespace-pre-wrap">{notes || "None"}</p>}
    </section>
  );
}
