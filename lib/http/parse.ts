import { z } from "zod";
import { Invalid, type Issue, Malformed, NotFound, UnsupportedType } from "@/lib/errors.ts";
import { MAX_BODY_BYTES, readBody } from "@/lib/http/body.ts";

/** Path parameters of the routes that name one thing. */
export const IdParams = z.object({ id: z.uuid() });

/**
 * Checks the query string. A parameter given more than once arrives as an array; an empty one counts as absent,
 * because that is what a form sends for a field left alone.
 *
 * @throws {Invalid} 422 naming each parameter.
 */
export function parseQuery<S extends z.ZodType>(schema: S, url: URL): z.infer<S> {
  return validate(schema, fieldsOf(url.searchParams.entries()));
}

/**
 * Reads and checks a JSON body. No body at all counts as `{}`, so that calls whose fields are all optional
 * need none.
 *
 * @throws {UnsupportedType | Malformed | TooLarge | Invalid} 415, 400, 413, 422
 */
export async function parseBody<S extends z.ZodType>(
  schema: S,
  request: Request,
  { limit = MAX_BODY_BYTES }: { limit?: number } = {},
): Promise<z.infer<S>> {
  const type = mediaType(request);
  if (type !== null && type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    await request.body?.cancel();
    throw new UnsupportedType(`Send application/json, not ${type}`);
  }
  const bytes = await readBody(request, limit);
  if (bytes.byteLength === 0) return validate(schema, {});
  if (type === null) throw new UnsupportedType("Send Content-Type: application/json");
  return validate(schema, parseJson(bytes));
}

/**
 * Checks path parameters.
 *
 * @param what Noun for the message of the 404.
 * @throws {NotFound} Also for a malformed id: nothing can be there.
 */
export function parseParams<S extends z.ZodType>(
  schema: S,
  params: Record<string, string>,
  what = "resource",
): z.infer<S> {
  const result = schema.safeParse(params);
  if (!result.success) throw new NotFound(what);
  return result.data;
}

/**
 * Reads and checks a form posted by a page: urlencoded, or multipart without files. Values are text; a
 * field given more than once is an array, an empty one stays "" because it may mean "clear this".
 *
 * @throws {UnsupportedType | TooLarge | Invalid}
 */
export async function parseForm<S extends z.ZodType>(
  schema: S,
  request: Request,
  { limit = MAX_BODY_BYTES }: { limit?: number } = {},
): Promise<z.infer<S>> {
  return validate(schema, await readForm(request, limit));
}

/** As `parseForm` without a schema: for pages that show the same form again with its faults. */
export async function readForm(
  request: Request,
  limit: number = MAX_BODY_BYTES,
): Promise<Record<string, string | string[]>> {
  const type = mediaType(request);
  if (type !== "application/x-www-form-urlencoded" && type !== "multipart/form-data") {
    await request.body?.cancel();
    throw new UnsupportedType("Send a form");
  }
  const bytes = await readBody(request, limit);
  if (type === "application/x-www-form-urlencoded") {
    return fieldsOf(new URLSearchParams(new TextDecoder().decode(bytes)).entries(), true);
  }
  const contentType = request.headers.get("content-type") ?? "";
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData()
    .catch((cause) => {
      throw new Malformed("The form is malformed", { cause });
    });
  const fields = [...form.entries()].filter((entry): entry is [string, string] =>
    typeof entry[1] === "string"
  );
  return fieldsOf(fields, true);
}

/** @throws {Invalid} With one issue per fault; unknown fields are named one by one. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Invalid(result.error.issues.flatMap(issuesOf));
  return result.data;
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const at = (path: PropertyKey[]) => path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: at([...issue.path, key]), message: "Unknown field" }));
  }
  return [{ path: at(issue.path), message: issue.message }];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new Malformed("The body is not valid JSON in UTF-8", { cause });
  }
}

function fieldsOf(
  entries: Iterable<[string, string]>,
  keepEmpty = false,
): Record<string, string | string[]> {
  // Without a prototype, so that a field called __proto__ is only a field.
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of entries) {
    if (value === "" && !keepEmpty) continue;
    const earlier = fields[name];
    fields[name] = earlier === undefined
      ? value
      : Array.isArray(earlier)
      ? [...earlier, value]
      : [earlier, value];
  }
  return fields;
}

/** The media type without parameters, in lower case; null if none was sent. */
function mediaType(request: Request): string | null {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() || null;
}
