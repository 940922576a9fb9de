/** Everything that turns adapters into prompts and back; pure, so that the server and the composer agree to the byte. */
export * from "./clip_tokens.ts";
export * from "./compose.ts";
export * from "./order.ts";
export * from "./parse.ts";
export * from "./token.ts";
export * from "./triggers.ts";
export * from "./warnings.ts";
