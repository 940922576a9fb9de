import { type CardView, pictureUrl } from "@/lib/shared/card_view.ts";
import type { RecipeView } from "@/lib/compose/recipe_view.ts";
import { plural } from "@/lib/shared/format.ts";
import { nsfwRank } from "@/lib/shared/nsfw.ts";
import { ConfirmButton } from "../ConfirmButton.tsx";
import { EmptyState } from "../EmptyState.tsx";
import { Icon } from "../Icon.tsx";
import { PopoverDialog } from "../PopoverDialog.tsx";
import { Time } from "../Time.tsx";
import { SAVE_FORM } from "./SaveRecipe.tsx";

interface RecipeListProps {
  rows: readonly { recipe: RecipeView; cards: readonly CardView[] }[];
  mayWrite: boolean;
  blurFrom: number;
}

/** Combinations that were kept, and what can be done with them. */
export function RecipeList({ rows, mayWrite, blurFrom }: RecipeListProps) {
  if (rows.length === 0) {
    return (
      <EmptyState icon="book-open" title="No recipes yet">
        A recipe keeps the LoRAs, their order and weights, and the text around them. Name the
        current combination above to keep it, or import a file.
      </EmptyState>
    );
  }
  return (
    <ul class="rows">
      {rows.map(({ recipe, cards }) => (
        <li key={recipe.id} class="row">
          <span class="recipe-pictures" aria-hidden="true">
            {cards.map((card) => (
              <img
                key={card.id}
                class={`tint-${card.tint}${nsfwRank(card.nsfw) >= blurFrom ? " is-blurred" : ""}`}
                src={pictureUrl(card.id, card.picture, 64)}
                width={40}
                height={40}
                loading="lazy"
                alt=""
              />
            ))}
          </span>
          <div class="row-main">
            <span class="font-strong">{recipe.name}</span>
            <small>
              {contentsOf(recipe)} · changed <Time at={recipe.updated_at} />
            </small>
            {(recipe.prefix || recipe.suffix) && (
              <small class="mono line-clamp-1">
                {[recipe.prefix, recipe.suffix].filter(Boolean).join(" … ")}
              </small>
            )}
          </div>
          {mayWrite && <Actions recipe={recipe} />}
          <a
            class="btn btn-small btn-quiet btn-icon"
            href={`/api/v1/recipes/export?id=${recipe.id}`}
            download={`${recipe.name}.json`}
            aria-label={`Export ${recipe.name}`}
            title="Export as JSON"
          >
            <Icon name="download" />
          </a>
          {mayWrite && <Removal recipe={recipe} />}
        </li>
      ))}
    </ul>
  );
}

function contentsOf({ items, hidden_items }: RecipeView): string {
  const gone = items.filter(({ status }) => status === "not_in_library").length;
  return [
    plural(items.length, "LoRA"),
    gone > 0 && `${gone} not found by its record`,
    hidden_items > 0 && `${hidden_items} hidden by your content level`,
  ].filter(Boolean).join(", ");
}

function Actions({ recipe: { id, name } }: { recipe: RecipeView }) {
  return (
    <>
      <form method="post" action="/compose">
        <input type="hidden" name="intent" value="apply" />
        <input type="hidden" name="id" value={id} />
        <button type="submit" class="btn btn-small" aria-label={`Use ${name}`}>
          <Icon name="play" />
          Use
        </button>
      </form>
      <PopoverDialog
        id={`change-${id}`}
        icon="pencil"
        name={`Change ${name}`}
        class="btn btn-small btn-quiet btn-icon"
        title={`Change “${name}”`}
      >
        <form method="post" action="/compose" class="save-recipe">
          <input type="hidden" name="intent" value="rename" />
          <input type="hidden" name="id" value={id} />
          <input
            class="input"
            name="name"
            required
            maxLength={200}
            value={name}
            aria-label={`New name of ${name}`}
          />
          <button type="submit" class="btn">Rename</button>
        </form>
        <p>Or write what the composer shows now, LoRAs and text, over this recipe.</p>
        <div class="dialog-actions">
          <button
            type="button"
            class="btn"
            popovertarget={`change-${id}`}
            popovertargetaction="hide"
          >
            Cancel
          </button>
          <button
            type="submit"
            form={SAVE_FORM}
            formNoValidate
            name="replace"
            value={id}
            class="btn btn-danger"
          >
            Replace by the current prompt
          </button>
        </div>
      </PopoverDialog>
    </>
  );
}

function Removal({ recipe: { id, name } }: { recipe: RecipeView }) {
  return (
    <ConfirmButton
      id={`delete-${id}`}
      icon="trash-2"
      name={`Delete ${name}`}
      class="btn btn-small btn-icon btn-quiet-danger"
      title={`Delete “${name}”?`}
      verb="Delete the recipe"
      action="/compose"
      fields={{ intent: "delete", id }}
    >
      The LoRAs stay as they are. Export the recipe first if you may want it back.
    </ConfirmButton>
  );
}
