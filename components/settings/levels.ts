import { NSFW_LEVELS } from "@/lib/shared/nsfw.ts";

export interface LevelChoice {
  value: number;
  label: string;
  hint: string;
}

const HINTS: Record<number, string> = {
  1: "Safe for everyone; unrated LoRAs too",
  2: "Mild: swimwear, light violence",
  4: "Suggestive, partial nudity",
  8: "Nudity",
  16: "Explicit",
  32: "Everything, what Civitai blocked included",
};

/** What a ceiling may be. */
export const CEILINGS: readonly LevelChoice[] = NSFW_LEVELS.map(({ level, label }) => ({
  value: level,
  label: level === 1 ? "PG only" : level === 32 ? "No limit" : `Up to ${label}`,
  hint: HINTS[level]!,
}));

/** Above every level there is: nothing is blurred. */
const NEVER = 63;

/** From which level on pictures are blurred. */
export const BLURS: readonly LevelChoice[] = [
  ...NSFW_LEVELS.filter(({ level }) => level > 1 && level < 32).map(({ level, label }) => ({
    value: level,
    label: `${label} and above`,
    hint: "",
  })),
  { value: NEVER, label: "Nothing", hint: "" },
];

/** The choice a stored value stands for; the API takes values between them. */
export function nearest(choices: readonly LevelChoice[], value: number): number {
  return (choices.find((choice) => choice.value >= value) ?? choices.at(-1)!).value;
}
