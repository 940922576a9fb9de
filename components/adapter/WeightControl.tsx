import { formatWeight } from "@/lib/shared/format.ts";
import { USUAL_WEIGHT } from "@/lib/shared/prompt/token.ts";
import { EditedMark } from "../EditedMark.tsx";

interface WeightControlProps {
  weight: number;
  edited: readonly string[];
  disabled: boolean;
  /** While sliding; absent on the server. */
  onInput?: (weight: number) => void;
  onChange?: (weight: number) => void;
}

/** A slider over the usual range, and a field for any weight. Posts `weight`. */
export function WeightControl({ weight, edited, disabled, onInput, onChange }: WeightControlProps) {
  return (
    <div class="flex items-center gap-3">
      <label class="field-label whitespace-nowrap" for="weight">
        Weight
        <EditedMark field="weight" edited={edited} />
      </label>
      <input
        type="range"
        class="range max-w-64"
        aria-label="Weight, by slider"
        min={USUAL_WEIGHT.min}
        max={USUAL_WEIGHT.max}
        step={0.05}
        value={weight}
        disabled={disabled}
        onInput={(event) => onInput?.(event.currentTarget.valueAsNumber)}
        onChange={(event) => onChange?.(event.currentTarget.valueAsNumber)}
      />
      <input
        id="weight"
        class="input num w-20!"
        name="weight"
        inputMode="decimal"
        value={formatWeight(weight)}
        disabled={disabled}
        maxLength={8}
        autocomplete="off"
        onChange={(event) => {
          const typed = Number(event.currentTarget.value.replace(",", "."));
          if (Number.isFinite(typed)) onChange?.(Math.min(10, Math.max(-10, typed)));
        }}
      />
    </div>
  );
}
