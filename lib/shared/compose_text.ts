import { TRIGGER_MODES, type TriggerMode } from "./prompt/triggers.ts";

/** What a prompt is made of besides the active set. It lives in the composer's URL. */
export interface ComposeText {
  prefix: string;
  suffix: string;
  triggers: TriggerMode;
  /** The checkpoint's base model; "" while nobody has said. */
  target: string;
}

/** Long enough for any prompt, short enough for every URL on the way. */
export const MAX_TEXT = 4000;

/** Reads what a URL or a form holds; what makes no sense is left at its default. */
export function composeText(fields: Readonly<Record<string, unknown>>): ComposeText {
  const text = (name: string, max: number) =>
    typeof fields[name] === "string" ? fields[name].slice(0, max) : "";
  return {
    prefix: text("prefix", MAX_TEXT),
    suffix: text("suffix", MAX_TEXT),
    triggers: TRIGGER_MODES.find((mode) => mode === fields.triggers) ?? "none",
    target: text("target", 100),
  };
}

/** @param extra Further parameters, e.g. what to say on the page. */
export function composeHref(text: ComposeText, extra: Record<string, string> = {}): string {
  const params = new URLSearchParams();
  if (text.prefix.trim()) params.set("prefix", text.prefix);
  if (text.suffix.trim()) params.set("suffix", text.suffix);
  if (text.triggers !== "none") params.set("triggers", text.triggers);
  if (text.target) params.set("target", text.target);
  for (const [name, value] of Object.entries(extra)) params.set(name, value);
  const search = params.toString();
  return search === "" ? "/compose" : `/compose?${search}`;
}

/** The text with a phrase at its end. */
export function withPhrase(text: ComposeText, phrase: string): ComposeText {
  const before = text.suffix.trimEnd();
  const glue = before === "" ? "" : before.endsWith(",") ? " " : ", ";
  return { ...text, suffix: `${before}${glue}${phrase}`.slice(0, MAX_TEXT) };
}

/** The text without a phrase that stands between commas; everything else stays to the letter. */
export function withoutPhrase(text: ComposeText, phrase: string): ComposeText {
  return {
    ...text,
    prefix: cut(text.prefix, phrase),
    suffix: cut(text.suffix, phrase),
  };
}

/** True if the text holds the phrase between commas, in whatever case. */
export const hasPhrase = (text: ComposeText, phrase: string): boolean =>
  between(phrase).test(text.prefix) || between(phrase).test(text.suffix);

const cut = (text: string, phrase: string): string =>
  text.replace(between(phrase), "").replace(/^\s*,\s*/, "");

const between = (phrase: string): RegExp =>
  new RegExp(String.raw`(?:^|,)\s*${escaped(phrase.trim())}\s*(?=,|$)`, "i");

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
