import type { LibraryRoot } from "@/lib/library/schema.ts";
import type { Faults } from "@/lib/shared/faults.ts";
import { Field } from "../Field.tsx";
import { Icon } from "../Icon.tsx";
import { Notice } from "../Notice.tsx";

interface StartImportFormProps {
  roots: readonly LibraryRoot[];
  faults: Faults;
  typed: Readonly<Record<string, string | string[]>>;
}

export function StartImportForm({ roots, faults, typed }: StartImportFormProps) {
  const text = (name: string) => String(typed[name] ?? "");
  return (
    <form method="post" action="/import" class="part-body grid gap-4">
      {faults[""] && <Notice kind="danger" urgent>{faults[""]}</Notice>}
      <div class="form-grid">
        <Field id="root" label="What">
          <select class="input select" name="root">
            <option value="">All folders</option>
            {roots.map(({ id, path, label }) => (
              <option key={id} value={path} selected={path === text("root")}>
                {label ? `${label} (${path})` : path}
              </option>
            ))}
          </select>
        </Field>
        <Field
          id="under"
          label="Only this part"
          hint="Optional: a folder inside one of yours."
          error={faults.path}
        >
          <input
            class="input mono"
            name="path"
            maxLength={4096}
            spellcheck={false}
            autocomplete="off"
            value={text("path")}
          />
        </Field>
      </div>
      <div class="grid gap-2">
        <Tick
          name="dry_run"
          label="Dry run"
          hint="Say what would change, field by field, and write nothing."
          on={"dry_run" in typed}
        />
        <Tick
          name="force_resync"
          label="Read everything again"
          hint="Also files that have not changed. What you edited stays yours."
          on={"force_resync" in typed}
        />
        <Tick
          name="confirm_missing"
          label="Many files are gone on purpose"
          hint="Otherwise an import that misses more than a fifth of them waits, in case a drive is absent."
          on={"confirm_missing" in typed}
        />
      </div>
      <Field
        id="ignore"
        label="Skip this time"
        hint={
          <>
            One pattern a line, besides those of the <a href="/settings#import">settings</a>.
          </>
        }
        error={faults.ignore}
      >
        <textarea class="input mono min-h-16!" name="ignore" rows={2} spellcheck={false}>
          {text("ignore")}
        </textarea>
      </Field>
      <div class="actions">
        <button type="submit" class="btn btn-primary">
          <Icon name="import" />
          Start import
        </button>
      </div>
    </form>
  );
}

function Tick(
  { name, label, hint, on }: { name: string; label: string; hint: string; on: boolean },
) {
  return (
    <label class="tick">
      <input type="checkbox" class="check" name={name} checked={on} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  );
}
