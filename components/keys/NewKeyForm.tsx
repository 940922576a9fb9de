import type { Faults } from "@/lib/shared/faults.ts";
import { Choice } from "../Choice.tsx";
import { Field } from "../Field.tsx";
import { Icon } from "../Icon.tsx";
import { CEILINGS } from "../settings/levels.ts";

const ROLES = [
  ["read", "Read", "Look and search, compose prompts"],
  ["write", "Write", "Also edit, import and activate"],
  ["admin", "Admin", "Also keys, settings and folders"],
] as const;

/** In days; 0: until it is revoked. */
const LIFETIMES = [0, 7, 30, 90, 365];

interface NewKeyFormProps {
  faults: Faults;
  /** What was typed before a refusal. */
  typed: { name: string; role: string };
}

export function NewKeyForm({ faults, typed }: NewKeyFormProps) {
  return (
    <form method="post" class="part-body grid gap-4">
      <input type="hidden" name="intent" value="create" />
      <Field
        id="name"
        label="Name"
        hint="What or who will use it."
        error={faults.name}
      >
        <input class="input" name="name" required maxLength={100} value={typed.name} />
      </Field>
      <fieldset class="grid gap-2">
        <legend class="field-label">Role</legend>
        <div class="choices">
          {ROLES.map(([value, label, hint]) => (
            <Choice
              key={value}
              name="role"
              value={value}
              checked={value === typed.role}
              label={label}
              hint={hint}
            />
          ))}
        </div>
      </fieldset>
      <div class="form-grid">
        <Field id="days" label="Expires" error={faults.expires_at}>
          <select class="input select" name="days">
            {LIFETIMES.map((days) => (
              <option key={days} value={days}>{days === 0 ? "Never" : `After ${days} days`}</option>
            ))}
          </select>
        </Field>
        <Field id="nsfw_max" label="Content" error={faults.nsfw_max}>
          <select class="input select" name="nsfw_max">
            <option value="">As the settings say</option>
            {CEILINGS.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
          </select>
        </Field>
      </div>
      <div class="actions">
        <button type="submit" class="btn btn-primary">
          <Icon name="plus" />
          Make a key
        </button>
      </div>
    </form>
  );
}
