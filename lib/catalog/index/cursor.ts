import { z } from "zod";
import { Invalid } from "@/lib/errors.ts";
import { type Sort, SORTS } from "@/lib/catalog/schema.ts";
import type { Direction, Position } from "./sort.ts";

const Content = z.tuple([
  z.enum(SORTS),
  z.enum(["asc", "desc"]),
  z.number().nullable(),
  z.string(),
  z.uuid(),
]);

/** The position after which a page continues, opaque to clients. It belongs to one sort and direction. */
export function encodeCursor(sort: Sort, direction: Direction, position: Position): string {
  const content = [sort, direction, position.value, position.nameKey, position.id];
  return new TextEncoder().encode(JSON.stringify(content))
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** @throws {Invalid} If `cursor` is not one of ours, or was made for another sort. */
export function decodeCursor(cursor: string, sort: Sort, direction: Direction): Position {
  const content = Content.safeParse(parse(cursor));
  if (!content.success) throw invalid("Not a cursor of this list");
  const [itsSort, itsDirection, value, nameKey, id] = content.data;
  if (itsSort !== sort || itsDirection !== direction) {
    throw invalid(`Made for sort=${itsSort}&order=${itsDirection}`);
  }
  return { value, nameKey, id };
}

function parse(cursor: string): unknown {
  try {
    const bytes = Uint8Array.fromBase64(cursor, { alphabet: "base64url" });
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const invalid = (message: string) => new Invalid({ path: "cursor", message });
