import { z } from "zod";

const level = z.number().int().min(0).max(63);

/** What an administrator may change while the server runs. */
export const SettingValues = z.object({
  nsfw_max: level.default(4).meta({
    description:
      "Content above this level never leaves the server: 1 PG, 2 PG-13, 4 R, 8 X, 16 XXX, 32 blocked.",
  }),
  nsfw_blur_from: level.default(4).meta({
    description: "Pictures from this level up are blurred.",
  }),
  import_ignore: z.array(z.string().trim().min(1).max(500)).max(200).default([]).meta({
    description: "Globs of paths that imports skip.",
  }),
  watch: z.boolean().default(true).meta({ description: "Import files when they change." }),
  rescan_minutes: z.number().int().min(0).max(10_080).default(60).meta({
    description: "Minutes between complete scans; 0: never.",
  }),
  theme: z.enum(["system", "dark", "light"]).default("system"),
}).meta({ id: "Settings" });
export type SettingValues = z.infer<typeof SettingValues>;

/** Some of the settings, without their defaults: what is absent stays as it is. */
export const SettingsPatch = z.object({
  nsfw_max: level,
  nsfw_blur_from: level,
  import_ignore: SettingValues.shape.import_ignore.unwrap(),
  watch: z.boolean(),
  rescan_minutes: SettingValues.shape.rescan_minutes.unwrap(),
  theme: SettingValues.shape.theme.unwrap(),
}).partial().strict().meta({ id: "SettingsPatch" });
export type SettingsPatch = z.infer<typeof SettingsPatch>;
