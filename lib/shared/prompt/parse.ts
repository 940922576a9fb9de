import { formatWeight } from "./token.ts";

/** A stretch of a prompt. `raw` joined over all segments is the prompt again, byte for byte. */
export type PromptSegment = TextSegment | LoraSegment;

export interface TextSegment {
  type: "text";
  raw: string;
  start: number;
}

export interface LoraSegment {
  type: "lora";
  raw: string;
  /** Offset in the prompt, in UTF-16 units. */
  start: number;
  stem: string;
  /** Null if the server decides: a stepwise weight such as `0@0,1@0.5`, or only named ones. */
  weight: number | null;
  /** Everything after the stem but a plain weight, as written: `te=0.5`, `high`, `0@0,1@0.5`. */
  extra: string[];
}

const TOKEN = /<lora:([^>]+)>/g;
const PLAIN_NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/;

/** Splits a prompt into text and LoRA tokens, reading them as SD.Next does; a token without weight has weight 1. */
export function parsePrompt(text: string): PromptSegment[] {
  const segments: PromptSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) {
      segments.push({ type: "text", raw: text.slice(end, match.index), start: end });
    }
    segments.push(readToken(match[0], match[1]!, match.index));
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ type: "text", raw: text.slice(end), start: end });
  return segments;
}

function readToken(raw: string, inside: string, start: number): LoraSegment {
  const [stem = "", ...args] = inside.split(":");
  const [first, ...rest] = args;
  if (first === undefined) return { type: "lora", raw, start, stem, weight: 1, extra: [] };
  return PLAIN_NUMBER.test(first)
    ? { type: "lora", raw, start, stem, weight: Number(first), extra: rest }
    : { type: "lora", raw, start, stem, weight: null, extra: args };
}

/** The token with another weight; named arguments stay, a stepwise weight is replaced. */
export function withWeight(token: LoraSegment, weight: number): string {
  const kept = token.extra.filter((arg) => !arg.includes("@") || arg.includes("="));
  return `<lora:${[token.stem, formatWeight(weight), ...kept].join(":")}>`;
}

/** The prompt without its LoRA tokens: what the text encoder gets to see. */
export const withoutTokens = (text: string): string => text.replaceAll(TOKEN, " ");
