import { type ComposeText, MAX_TEXT } from "@/lib/shared/compose_text.ts";
import { TRIGGER_MODES, type TriggerMode } from "@/lib/shared/prompt/mod.ts";
import { Field } from "../Field.tsx";

const MODES: Record<TriggerMode, { label: string; title: string }> = {
  none: { label: "None", title: "No words but yours" },
  activation: { label: "Activation", title: "What switches each LoRA on" },
  all: { label: "All", title: "Activation texts, trained words and trigger sets" },
};

interface PromptFormProps {
  text: ComposeText;
  /** What the library's LoRAs are made for. */
  baseModels: readonly string[];
}

/** What stands around the LoRAs in the prompt. A GET form: the prompt's text is the page's address. */
export function PromptForm({ text, baseModels }: PromptFormProps) {
  const targets = text.target && !baseModels.includes(text.target)
    ? [text.target, ...baseModels]
    : baseModels;
  return (
    <form id="compose-text" class="part-body grid gap-3" method="get" action="/compose">
      <Field id="prefix" label="Before the LoRAs">
        <textarea
          class="input mono min-h-14!"
          name="prefix"
          rows={2}
          maxLength={MAX_TEXT}
          placeholder="masterpiece, a street in the rain"
          value={text.prefix}
        />
      </Field>
      <fieldset class="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <legend class="field-label float-left m-0!">Trigger words</legend>
        <div class="segments">
          {TRIGGER_MODES.map((mode) => (
            <label key={mode} class="btn btn-small segment" title={MODES[mode].title}>
              <input
                type="radio"
                class="sr-only"
                name="triggers"
                value={mode}
                checked={mode === text.triggers}
              />
              {MODES[mode].label}
            </label>
          ))}
        </div>
      </fieldset>
      <Field id="suffix" label="After them">
        <textarea
          class="input mono min-h-14!"
          name="suffix"
          rows={2}
          maxLength={MAX_TEXT}
          placeholder="neon, cinematic light"
          value={text.suffix}
        />
      </Field>
      <Field id="target" label="Checkpoint" hint="Warns about LoRAs that do not fit it.">
        <select class="input select" name="target">
          <option value="">Not chosen</option>
          {targets.map((name) => (
            <option key={name} value={name} selected={name === text.target}>{name}</option>
          ))}
        </select>
      </Field>
      <div class="actions unscripted">
        <button type="submit" class="btn btn-primary">Compose</button>
      </div>
    </form>
  );
}
