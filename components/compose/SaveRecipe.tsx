import type { ComposeText } from "@/lib/shared/compose_text.ts";
import { Icon } from "../Icon.tsx";
import { TextFields } from "./TextFields.tsx";

/** The id of the form that carries the prompt's text to wherever a recipe is written. */
export const SAVE_FORM = "save-recipe";

/** Keeps the active set and the text under a name. */
export function SaveRecipe({ text, fault }: { text: ComposeText; fault?: string }) {
  return (
    <form id={SAVE_FORM} class="part-body save-recipe" method="post" action="/compose">
      <TextFields text={text} />
      <input type="hidden" name="intent" value="save" />
      <input
        class="input"
        name="name"
        required
        maxLength={200}
        placeholder="Name of the recipe"
        aria-label="Name of the recipe"
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={fault ? "save-fault" : undefined}
      />
      <button type="submit" class="btn">
        <Icon name="save" />
        Save recipe
      </button>
      {fault && <p id="save-fault" class="field-error">{fault}</p>}
    </form>
  );
}
