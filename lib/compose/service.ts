import type { Viewer } from "@/lib/access/viewer.ts";
import { Invalid, NotFound } from "@/lib/errors.ts";
import type { Db, TriggerMode } from "@/lib/db/schema.ts";
import {
  type ComposedPrompt,
  composePrompt,
  orderActive,
  type PromptItem,
  stemOf,
} from "@/lib/shared/prompt/mod.ts";
import { composableAdapters, type ComposableRow, sharedStems } from "./adapters_repository.ts";
import { matchItems } from "./match.ts";
import { splitByLevel } from "./recipe_view.ts";
import { recipes } from "./recipes_repository.ts";
import type { ComposeRequest } from "./schema.ts";

/** What a composer needs to show the same prompt live: feed it to `composePrompt` after each change. */
export interface ComposerState {
  prefix: string;
  suffix: string;
  triggers: TriggerMode;
  items: PromptItem[];
}

export interface ComposeDeps {
  db: Db;
}

/** Turns adapters into prompts. Reads only; nothing is remembered. */
export class ComposeService {
  readonly #db: Db;

  constructor({ db }: ComposeDeps) {
    this.#db = db;
  }

  /**
   * @throws {Invalid} If an adapter is unknown, or delivery is asked for.
   * @throws {NotFound} If the recipe is unknown.
   */
  async compose(request: ComposeRequest, viewer: Viewer): Promise<ComposedPrompt> {
    if (request.delivery) {
      throw new Invalid({ path: "delivery", message: "No delivery modes are configured" });
    }
    const state = await this.state(request, viewer);
    return composePrompt({ ...state, target_base_model: request.target });
  }

  /** The parts a request composes from, before they are joined. Throws as `compose` does. */
  async state(request: ComposeRequest, viewer: Viewer): Promise<ComposerState> {
    const chosen = request.recipe_id
      ? await this.#ofRecipe(request.recipe_id, viewer)
      : request.adapter_ids
      ? await this.#ofIds(request.adapter_ids, viewer)
      : await this.#active(viewer);
    const shared = await sharedStems(this.#db, chosen.rows.map(({ row }) => stemOf(row.file_path)));
    return {
      prefix: request.prefix ?? chosen.prefix ?? "",
      suffix: request.suffix ?? chosen.suffix ?? "",
      triggers: request.triggers ?? chosen.triggers ?? "none",
      items: chosen.rows.map(({ row, weight }) =>
        promptItem(row, request.weights?.[row.id] ?? weight, shared)
      ),
    };
  }

  async #active(viewer: Viewer): Promise<Chosen> {
    const rows = await composableAdapters(this.#db, viewer.nsfwMax).active();
    return { rows: orderActive(rows).map((row) => ({ row, weight: row.weight })) };
  }

  async #ofIds(ids: readonly string[], viewer: Viewer): Promise<Chosen> {
    const found = await composableAdapters(this.#db, viewer.nsfwMax).byIds(ids);
    const issues = ids.flatMap((id, index) =>
      found.has(id) ? [] : [{ path: `adapter_ids.${index}`, message: "No such adapter" }]
    );
    if (issues.length > 0) throw new Invalid(issues);
    return {
      rows: ids.map((id) => ({ row: found.get(id)!, weight: found.get(id)!.weight })),
    };
  }

  async #ofRecipe(id: string, viewer: Viewer): Promise<Chosen> {
    const recipe = await recipes(this.#db).get(id);
    if (!recipe) throw new NotFound("recipe", id);
    const { shown } = await splitByLevel(this.#db, recipe.items, viewer.nsfwMax);
    const matches = await matchItems(this.#db, shown, viewer.nsfwMax);
    return {
      ...recipe,
      rows: matches.flatMap(({ item, row }) => row ? [{ row, weight: item.weight }] : []),
    };
  }
}

interface Chosen {
  rows: { row: ComposableRow; weight: number }[];
  prefix?: string;
  suffix?: string;
  triggers?: TriggerMode;
}

function promptItem(row: ComposableRow, weight: number, shared: ReadonlySet<string>): PromptItem {
  const stem = stemOf(row.file_path);
  return {
    id: row.id,
    name: row.name,
    stem,
    weight,
    base_model: row.base_model,
    trained_words: row.trained_words,
    activation_text: row.activation_text,
    trigger_sets: row.trigger_sets,
    file_status: row.file_status,
    file_format: row.file_format,
    shares_stem: shared.has(stem),
  };
}
