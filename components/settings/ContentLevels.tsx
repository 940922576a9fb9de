import type { SettingValues } from "@/lib/settings/schema.ts";
import { Choice } from "../Choice.tsx";
import { Panel } from "../Panel.tsx";
import { BLURS, CEILINGS, nearest } from "./levels.ts";

/** What may be seen at all, and what only after a click. */
export function ContentLevels({ values, disabled }: { values: SettingValues; disabled: boolean }) {
  const ceiling = nearest(CEILINGS, values.nsfw_max);
  const blur = nearest(BLURS, values.nsfw_blur_from);
  return (
    <Panel
      id="content"
      title="Content"
      lead="Levels are Civitai's. What is above the limit never leaves the server: not in pages, searches, counts or the API."
    >
      <fieldset class="part-body grid gap-2">
        <legend class="field-label">Show</legend>
        <div class="choices">
          {CEILINGS.map(({ value, label, hint }) => (
            <Choice
              key={value}
              name="nsfw_max"
              value={String(value)}
              checked={value === ceiling}
              label={label}
              hint={hint}
              disabled={disabled}
            />
          ))}
        </div>
      </fieldset>
      <fieldset class="part-body grid gap-2">
        <legend class="field-label">Blur until clicked</legend>
        <div class="choices choices-short">
          {BLURS.map(({ value, label }) => (
            <Choice
              key={value}
              name="nsfw_blur_from"
              value={String(value)}
              checked={value === blur}
              label={label}
              disabled={disabled}
            />
          ))}
        </div>
      </fieldset>
    </Panel>
  );
}
