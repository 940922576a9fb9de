import { z } from "zod";
import { CreateKey } from "@/lib/access/schema.ts";
import { validate } from "@/lib/http/parse.ts";

const DAY_MS = 86_400_000;

const KeysForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("create"),
    name: z.string(),
    role: z.string(),
    days: z.coerce.number().int().min(0).max(3650).default(0),
    /** "" stands for: as the settings say. */
    nsfw_max: z.string().default(""),
  }),
  z.object({ intent: z.literal("revoke"), id: z.uuid() }),
]);

export type KeysRequest =
  | { kind: "create"; key: CreateKey }
  | { kind: "revoke"; id: string };

/** @throws {Invalid} */
export function keysRequest(fields: Record<string, string | string[]>, now: Date): KeysRequest {
  const form = validate(KeysForm, fields);
  if (form.intent === "revoke") return { kind: "revoke", id: form.id };
  const { name, role, days, nsfw_max } = form;
  const expires = new Date(now.getTime() + days * DAY_MS);
  return {
    kind: "create",
    key: validate(CreateKey, {
      name,
      role,
      nsfw_max: nsfw_max === "" ? null : Number(nsfw_max),
      expires_at: days === 0 ? null : expires.toISOString(),
    }),
  };
}
