import { z } from "zod";
import type { RecipeItem } from "@/lib/db/schema.ts";
import { TRIGGER_MODES } from "@/lib/shared/prompt/mod.ts";
import type { Recipe } from "./recipes_repository.ts";

const FORMAT = "lora-manager/recipes";
const VERSION = 1;

const FileItem = z.object({
  name: z.string().max(300),
  stem: z.string().max(1000),
  weight: z.number().min(-10).max(10),
  /** Finds the same file under another name on another machine. */
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/).optional(),
});

const FileRecipe = z.object({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(5000).default(""),
  prefix: z.string().max(20_000).default(""),
  suffix: z.string().max(20_000).default(""),
  triggers: z.enum(TRIGGER_MODES).default("none"),
  items: z.array(FileItem).max(200),
});

/** Recipes on their way to another instance: no ids, because those mean nothing there. Unknown fields are ignored. */
export const RecipeFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  exported_at: z.iso.datetime({ offset: true }).optional(),
  recipes: z.array(FileRecipe).min(1).max(1000),
}).meta({ id: "RecipeFile" });
export type RecipeFile = z.infer<typeof RecipeFile>;
export type RecipeInFile = RecipeFile["recipes"][number];

/** @param hashOf The SHA-256 of an item's file, if it is known by now. */
export function toRecipeFile(
  recipes: readonly Recipe[],
  hashOf: (item: RecipeItem) => string | undefined,
  exportedAt: Date,
): RecipeFile {
  return {
    format: FORMAT,
    version: VERSION,
    exported_at: exportedAt.toISOString(),
    recipes: recipes.map(({ name, description, prefix, suffix, triggers, items }) => ({
      name,
      description,
      prefix,
      suffix,
      triggers,
      items: items.map((item) => {
        const sha256 = hashOf(item) ?? item.sha256;
        return {
          name: item.name,
          stem: item.stem,
          weight: item.weight,
          ...(sha256 ? { sha256 } : {}),
        };
      }),
    })),
  };
}
