import { Head } from "fresh/runtime";
import Composer from "@/islands/Composer.tsx";
import type { RecipeView } from "@/lib/compose/recipe_view.ts";
import type { CardView } from "@/lib/shared/card_view.ts";
import type { ComposeText } from "@/lib/shared/compose_text.ts";
import type { Faults } from "@/lib/shared/faults.ts";
import type { PromptItem } from "@/lib/shared/prompt/mod.ts";
import { Icon } from "../Icon.tsx";
import { Notice } from "../Notice.tsx";
import { PageHead } from "../PageHead.tsx";
import { Panel } from "../Panel.tsx";
import { RecipeList } from "./RecipeList.tsx";

export interface ComposePageProps {
  text: ComposeText;
  cards: CardView[];
  items: PromptItem[];
  baseModels: string[];
  recipes: { recipe: RecipeView; cards: CardView[] }[];
  search: { find: string; found: CardView[] };
  blurFrom: number;
  mayWrite: boolean;
  /** What was just done. */
  said?: string;
  faults: Faults;
}

export function ComposePage(props: ComposePageProps) {
  const { recipes, said, faults, ...composer } = props;
  const { mayWrite, blurFrom } = props;
  return (
    <div class="page-wide parts">
      <Head>
        <title>Compose – LoRA Manager</title>
      </Head>
      <PageHead title="Compose" />
      {said && <Notice kind="ok">{said}</Notice>}
      {faults[""] && <Notice kind="danger" urgent>{faults[""]}</Notice>}
      <Composer
        text={composer.text}
        cards={composer.cards}
        items={composer.items}
        baseModels={composer.baseModels}
        search={composer.search}
        blurFrom={blurFrom}
        mayWrite={mayWrite}
        fault={faults.name}
      />
      <Panel
        id="recipes"
        title="Recipes"
        actions={
          <>
            {mayWrite && (
              <form
                method="post"
                action="/compose/import"
                encType="multipart/form-data"
                class="recipe-upload"
              >
                <input
                  class="input"
                  type="file"
                  name="file"
                  accept="application/json,.json"
                  required
                  aria-label="Recipe file"
                />
                <button type="submit" class="btn btn-small">
                  <Icon name="upload" />
                  Import
                </button>
              </form>
            )}
            {recipes.length > 0 && (
              <a class="btn btn-small" href="/api/v1/recipes/export" download="recipes.json">
                <Icon name="download" />
                Export all
              </a>
            )}
          </>
        }
      >
        {faults.file && (
          <div class="part-body">
            <Notice kind="danger" urgent>{faults.file}</Notice>
          </div>
        )}
        <RecipeList rows={recipes} mayWrite={mayWrite} blurFrom={blurFrom} />
      </Panel>
    </div>
  );
}
