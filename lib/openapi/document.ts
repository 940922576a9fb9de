import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { neededRole } from "@/lib/access/rules.ts";
import { VERSION } from "@/lib/version.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string(),
  code: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).meta({ id: "Problem", description: "RFC 9457" });

/** The OpenAPI 3.1 document of the API. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "LoRA Manager",
      version: VERSION,
      description:
        "Paths are also served without their version (`/api/adapters`) and as `/v1/adapters`.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: "X-API-Key" },
        bearer: { type: "http", scheme: "bearer" },
      },
    },
  });
  for (const operation of OPERATIONS) leaveOptional(document.paths, operation);
  return document;
}

/** A preprocessed parameter reads as required, although its absence is fine. */
function leaveOptional(
  paths: ReturnType<typeof createDocument>["paths"],
  { path, method, query }: Operation,
): void {
  for (const parameter of paths?.[path]?.[method]?.parameters ?? []) {
    if (!("in" in parameter) || parameter.in !== "query") continue;
    if (query?.shape[parameter.name]?.safeParse(undefined).success) delete parameter.required;
  }
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { method, path, tag, summary, params, query, body } = operation;
  const need = neededRole(method.toUpperCase(), path);
  const notes = need === "public" ? "Needs no key." : `Needs the role ${need}.`;
  return {
    operationId: `${method}${path.replace(/\W+(\w)/g, (_, first) => first.toUpperCase())}`
      .replace(/\W/g, ""),
    tags: [tag],
    summary,
    description: [operation.description, notes].filter(Boolean).join(" "),
    security: need === "public" ? [] : [{ key: [] }, { bearer: [] }],
    ...((params || query) &&
      { requestParams: { ...(params && { path: params }), ...(query && { query }) } }),
    ...(body && {
      requestBody: { content: { "application/json": { schema: body } } },
    }),
    responses: responsesOf(operation),
  };
}

function responsesOf({ answers }: Operation): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, schema, contentType }] of Object.entries(answers)) {
    const type = contentType ?? "application/json";
    const content = schema ? { [type]: { schema } } : contentType ? { [type]: {} } : undefined;
    responses[status as `${1 | 2 | 3 | 4 | 5}${string}`] = {
      description,
      ...(content && { content }),
    };
  }
  return {
    ...responses,
    default: {
      description: "Refused or failed",
      content: { "application/problem+json": { schema: Problem } },
    },
  };
}
