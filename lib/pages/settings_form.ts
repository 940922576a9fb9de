import { z } from "zod";
import { SettingsPatch } from "@/lib/settings/schema.ts";
import { validate } from "@/lib/http/parse.ts";

/** The settings page's fields: text as browsers send it, an unticked box not at all. */
const SettingsForm = z.object({
  nsfw_max: z.coerce.number(),
  nsfw_blur_from: z.coerce.number(),
  theme: z.string(),
  import_ignore: z.string().max(100_000).default(""),
  watch: z.string().optional(),
  rescan_minutes: z.coerce.number({ error: "Type a number of minutes" }),
});

/** @throws {Invalid} Naming the form's fields. */
export function settingsPatch(fields: Record<string, string | string[]>): SettingsPatch {
  const { import_ignore, watch, ...form } = validate(SettingsForm, fields);
  return validate(SettingsPatch, {
    ...form,
    watch: watch !== undefined,
    import_ignore: linesOf(import_ignore),
  });
}

/** One pattern a line; empty lines are only for the eye. */
export const linesOf = (text: string): string[] =>
  text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
