import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer.ts";
import { RecipeFile } from "@/lib/compose/recipe_file.ts";
import { Invalid } from "@/lib/errors.ts";
import { readBody } from "@/lib/http/body.ts";
import { validate } from "@/lib/http/parse.ts";
import { type ComposeText, composeText } from "@/lib/shared/compose_text.ts";
import type { Services } from "@/services.ts";
import { backFrom } from "./back.ts";

const name = z.string().trim().min(1, "Give it a name").max(200);

const ComposeForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), id: z.uuid() }),
  z.object({ intent: z.literal("save"), name }),
  z.object({ intent: z.enum(["apply", "replace", "delete"]), id: z.uuid() }),
  z.object({ intent: z.literal("rename"), id: z.uuid(), name }),
]);

/** What one of the composer's forms asks for. */
export type ComposeChange = z.infer<typeof ComposeForm>;

/** @throws {Invalid} */
export function composeChange(fields: Record<string, string | string[]>): ComposeChange {
  const { replace } = fields;
  // A second button of the form that saves: it names the recipe to write over.
  return validate(ComposeForm, replace ? { intent: "replace", id: replace } : fields);
}

/**
 * Does what a form asks for.
 *
 * @returns The text that the composer has then, and what to say about it.
 * @throws {DomainError} As the services do.
 */
export async function changeComposition(
  { catalog, recipes }: Pick<Services, "catalog" | "recipes">,
  viewer: Viewer,
  change: ComposeChange,
  text: ComposeText,
): Promise<{ text: ComposeText; note: { said?: string } }> {
  const { prefix, suffix, triggers } = text;
  switch (change.intent) {
    case "add":
      await catalog.activate(change.id, undefined, viewer);
      return { text, note: {} };
    case "save":
      await recipes.create({ name: change.name, prefix, suffix, triggers }, viewer);
      return { text, note: { said: "saved" } };
    case "replace": {
      const items = (await catalog.activeSet(viewer))
        .map(({ id, weight }) => ({ adapter_id: id, weight }));
      await recipes.update(change.id, { prefix, suffix, triggers, items }, viewer);
      return { text, note: { said: "replaced" } };
    }
    case "rename":
      await recipes.update(change.id, { name: change.name }, viewer);
      return { text, note: { said: "renamed" } };
    case "delete":
      await recipes.remove(change.id);
      return { text, note: { said: "deleted" } };
    case "apply": {
      const { recipe, missing } = await recipes.apply(change.id, viewer);
      const { target } = text;
      return {
        text: composeText({ ...recipe, target }),
        note: { said: missing.length > 0 ? "partly" : "applied" },
      };
    }
  }
}

/**
 * The prompt's text at the time a form was sent: what the form carries, else what the composer's address held, so that a
 * form about something else does not lose it.
 */
export function textAt(
  request: Request,
  fields: Readonly<Record<string, unknown>> = {},
): ComposeText {
  if ("prefix" in fields) return composeText(fields);
  const { searchParams } = new URL(backFrom(request, "/compose"), request.url);
  return composeText(Object.fromEntries(searchParams));
}

const MAX_FILE_BYTES = 5_000_000;

/**
 * Reads the recipe file of an upload.
 *
 * @throws {Invalid} If there is none, or it is none of ours.
 * @throws {TooLarge}
 */
export async function uploadedRecipes(request: Request): Promise<RecipeFile> {
  const refuse = (message: string) => new Invalid({ path: "file", message });
  const bytes = await readBody(request, MAX_FILE_BYTES);
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData()
    .catch((cause) => {
      throw new Invalid({ path: "file", message: "The upload is malformed" }, { cause });
    });
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) throw refuse("Choose a recipe file first");
  let content: unknown;
  try {
    content = JSON.parse(await file.text());
  } catch {
    throw refuse(`${file.name} is not JSON`);
  }
  const recipes = RecipeFile.safeParse(content);
  if (recipes.success) return recipes.data;
  const [issue] = recipes.error.issues;
  throw refuse(`${file.name} is no recipe file: ${issue?.path.join(".")} ${issue?.message}`);
}
