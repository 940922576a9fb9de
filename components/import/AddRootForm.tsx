import type { Faults } from "@/lib/shared/faults.ts";
import { Field } from "../Field.tsx";
import { Icon } from "../Icon.tsx";

interface AddRootFormProps {
  faults: Faults;
  typed: { path: string; label: string };
}

/** Names a folder of the server's machine; it cannot be picked in a dialog, because that would show another machine's. */
export function AddRootForm({ faults, typed }: AddRootFormProps) {
  return (
    <form method="post" action="/import/roots" class="part-body grid gap-4">
      <div class="form-grid">
        <Field
          id="path"
          label="Folder"
          hint="Absolute path on the machine that runs LoRA Manager."
          error={faults.path ?? faults[""]}
          class="wide"
        >
          <input
            class="input mono"
            name="path"
            required
            maxLength={4096}
            spellcheck={false}
            autocomplete="off"
            placeholder="/home/me/ComfyUI/models/loras"
            value={typed.path}
          />
        </Field>
        <Field
          id="label"
          label="Label"
          hint="Optional; shown instead of the path."
          error={faults.label}
        >
          <input class="input" name="label" maxLength={200} value={typed.label} />
        </Field>
      </div>
      <div class="actions">
        <button type="submit" class="btn btn-primary" name="intent" value="add">
          <Icon name="folder-plus" />
          Add and import
        </button>
        <button type="submit" class="btn" name="intent" value="plan">
          <Icon name="eye" />
          Dry run first
        </button>
      </div>
    </form>
  );
}
