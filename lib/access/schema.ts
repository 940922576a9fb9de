import { z } from "zod";

export const CreateKey = z.object({
  name: z.string().trim().min(1).max(100).meta({ description: "What or who uses the key." }),
  role: z.enum(["read", "write", "admin"]),
  nsfw_max: z.number().int().min(0).max(63).nullable().default(null).meta({
    description: "Highest content level this key ever sees; null: as the settings say.",
  }),
  expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
}).strict().meta({ id: "CreateKey" });
export type CreateKey = z.input<typeof CreateKey>;

/** A key as it is listed: never the key itself, never its hash. */
export const KeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(["read", "write", "admin"]),
  prefix: z.string().meta({ description: "First characters of the key." }),
  source: z.enum(["made", "environment"]).meta({
    description: "`environment`: set in LM_API_KEYS, and revoked by removing it there.",
  }),
  nsfw_max: z.number().int().nullable(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
}).meta({ id: "Key" });
export type KeyView = z.infer<typeof KeyView>;
