import { z } from "zod";
import { TRIGGER_MODES } from "@/lib/shared/prompt/mod.ts";

const promptText = z.string().max(20_000);
const weight = z.number().min(-10).max(10);

/** The body of `POST /compose`; without `adapter_ids` and `recipe_id` it means the active set. */
export const ComposeRequest = z.object({
  prefix: promptText.optional(),
  suffix: promptText.optional(),
  /** In the order in which to write them. */
  adapter_ids: z.array(z.uuid()).max(200).optional(),
  /** By adapter id; others keep their own. */
  weights: z.record(z.uuid(), weight).optional(),
  recipe_id: z.uuid().optional(),
  /** The checkpoint's base model, to warn about LoRAs that do not fit it. */
  target: z.string().trim().min(1).max(200).optional(),
  triggers: z.enum(TRIGGER_MODES).optional(),
  /** Accepted by the contract, refused as long as no delivery mode exists. */
  delivery: z.looseObject({ mode: z.string() }).optional(),
}).strict().refine((request) => !(request.adapter_ids && request.recipe_id), {
  path: ["recipe_id"],
  message: "Give either adapter_ids or recipe_id",
}).meta({ id: "ComposeRequest" });
export type ComposeRequest = z.input<typeof ComposeRequest>;

const RecipeItemInput = z.object({ adapter_id: z.uuid(), weight: weight.optional() }).strict();

const recipeFields = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(5000),
  prefix: promptText,
  suffix: promptText,
  triggers: z.enum(TRIGGER_MODES),
  /** In order; each adapter once. Without a weight the adapter's own is kept. */
  items: z.array(RecipeItemInput).max(200).refine(
    (items) => new Set(items.map(({ adapter_id }) => adapter_id)).size === items.length,
    "Each adapter may be given once",
  ),
};

/** Without `items` the active set is saved. */
export const CreateRecipe = z.object(recipeFields).partial().required({ name: true }).strict()
  .meta({ id: "CreateRecipe" });
export type CreateRecipe = z.infer<typeof CreateRecipe>;

export const UpdateRecipe = z.object(recipeFields).partial().strict().meta({ id: "UpdateRecipe" });
export type UpdateRecipe = z.infer<typeof UpdateRecipe>;

/** Which recipes to export: `?id=` any number of times; all without. */
export const ExportQuery = z.object({
  id: z.preprocess(
    (value) => value === undefined || Array.isArray(value) ? value : [value],
    z.array(z.uuid()).max(1000).optional(),
  ),
}).strict();
