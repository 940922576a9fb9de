import { z } from "zod";
import { validate } from "@/lib/http/parse.ts";

const STEP = 0.05;

const TrayForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(["lighter", "heavier", "up", "down", "remove"]), id: z.uuid() }),
  z.object({
    intent: z.literal("weight"),
    id: z.uuid(),
    weight: z.preprocess(
      (value) => typeof value === "string" ? value.replace(",", ".") : value,
      z.coerce.number().min(-10).max(10),
    ),
  }),
]);

/** What a form of the tray asks for. */
export type TrayChange =
  | { kind: "order"; ids: string[] }
  | { kind: "weight"; id: string; weight: number }
  | { kind: "remove"; id: string };

/**
 * Reads a posted form against the set as it stands.
 *
 * @param set In prompt order.
 * @returns Null if there is nothing to do, such as moving the first one up.
 * @throws {Invalid}
 */
export function trayChange(
  fields: Record<string, string | string[]>,
  set: readonly { id: string; weight: number }[],
): TrayChange | null {
  const form = validate(TrayForm, fields);
  if (form.intent === "weight") return { kind: "weight", id: form.id, weight: form.weight };
  if (form.intent === "remove") return { kind: "remove", id: form.id };

  const index = set.findIndex(({ id }) => id === form.id);
  const item = set[index];
  if (!item) return null;
  if (form.intent === "lighter" || form.intent === "heavier") {
    const weight = Number((item.weight + (form.intent === "heavier" ? STEP : -STEP)).toFixed(3));
    return { kind: "weight", id: item.id, weight: Math.min(10, Math.max(-10, weight)) };
  }
  const to = index + (form.intent === "up" ? -1 : 1);
  if (to < 0 || to >= set.length) return null;
  const ids = set.map(({ id }) => id).toSpliced(index, 1).toSpliced(to, 0, item.id);
  return { kind: "order", ids };
}
