import { z } from "zod";
import { RecipeFile } from "@/lib/compose/recipe_file.ts";
import type { RecipeView } from "@/lib/compose/recipe_view.ts";
import { ComposeRequest, CreateRecipe, ExportQuery, UpdateRecipe } from "@/lib/compose/schema.ts";
import { IdParams } from "@/lib/http/parse.ts";
import { type ComposedPrompt, TRIGGER_MODES } from "@/lib/shared/prompt/mod.ts";
import type { Operation } from "./operation.ts";

const Composed = z.object({
  prompt: z.string(),
  tokens: z.array(z.string()),
  items: z.array(z.object({
    id: z.string(),
    name: z.string(),
    stem: z.string(),
    weight: z.number(),
    token: z.string(),
  })),
  trigger_words: z.array(z.string()),
  clip_tokens: z.number().int(),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.string() })),
}).meta({ id: "ComposedPrompt" }) satisfies z.ZodType<Pick<ComposedPrompt, "prompt" | "tokens">>;

const Recipe = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  triggers: z.enum(TRIGGER_MODES),
  items: z.array(z.object({
    adapter_id: z.string(),
    name: z.string(),
    stem: z.string(),
    weight: z.number(),
    status: z.enum(["present", "missing", "changed", "unreadable", "not_in_library"]),
  })),
  hidden_items: z.number().int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
}).meta({ id: "Recipe" }) satisfies z.ZodType<RecipeView>;

const answer = z.object({ recipe: Recipe });
const tag = "Recipes";

export const composeOperations: Operation[] = [
  {
    method: "post",
    path: "/api/v1/compose",
    tag: "Compose",
    summary: "Writes a prompt from adapters, a recipe or the active set",
    body: ComposeRequest,
    answers: { 200: { description: "The prompt and what to know about it", schema: Composed } },
  },
  {
    method: "get",
    path: "/api/v1/recipes",
    tag,
    summary: "All recipes",
    answers: { 200: { description: "Recipes", schema: z.object({ items: z.array(Recipe) }) } },
  },
  {
    method: "post",
    path: "/api/v1/recipes",
    tag,
    summary: "Saves a combination; without items, the active set",
    body: CreateRecipe,
    answers: { 201: { description: "Saved", schema: answer } },
  },
  {
    method: "get",
    path: "/api/v1/recipes/export",
    tag,
    summary: "Recipes as a file that another library can import",
    query: ExportQuery,
    answers: { 200: { description: "The file", schema: RecipeFile } },
  },
  {
    method: "post",
    path: "/api/v1/recipes/import",
    tag,
    summary: "Adds the recipes of such a file",
    body: RecipeFile,
    answers: {
      200: {
        description: "What was added, and which adapters are missing",
        schema: z.looseObject({
          recipes: z.array(z.looseObject({ id: z.string(), name: z.string() })),
          unchanged: z.array(z.string()),
        }),
      },
    },
  },
  {
    method: "get",
    path: "/api/v1/recipes/{id}",
    tag,
    summary: "One recipe",
    params: IdParams,
    answers: { 200: { description: "The recipe", schema: answer } },
  },
  {
    method: "patch",
    path: "/api/v1/recipes/{id}",
    tag,
    summary: "Changes a recipe",
    params: IdParams,
    body: UpdateRecipe,
    answers: { 200: { description: "Changed", schema: answer } },
  },
  {
    method: "delete",
    path: "/api/v1/recipes/{id}",
    tag,
    summary: "Removes a recipe",
    params: IdParams,
    answers: { 204: { description: "Removed" } },
  },
  {
    method: "post",
    path: "/api/v1/recipes/{id}/apply",
    tag,
    summary: "Makes a recipe the active set",
    params: IdParams,
    answers: {
      200: {
        description: "The new active set, and what could not be found",
        schema: z.looseObject({ recipe: Recipe }),
      },
    },
  },
];
