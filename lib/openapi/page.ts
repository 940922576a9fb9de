import { openApiDocument } from "./document.ts";
import { OPERATIONS } from "./operations.ts";
import { type SchemaLike, typeName } from "./type_names.ts";

type Document = ReturnType<typeof openApiDocument>;

/** The document as the documentation page shows it: operations by tag, with flat tables. */
export function documentationPage() {
  const document = openApiDocument();
  return (document.tags ?? []).map(({ name }) => ({
    tag: name,
    operations: OPERATIONS.filter(({ tag }) => tag === name)
      .map(({ method, path }) => describe(document, method, path)),
  }));
}

function describe(
  document: Document,
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
) {
  const operation = document.paths![path]![method]!;
  return {
    id: operation.operationId!,
    method,
    path,
    summary: operation.summary ?? "",
    description: operation.description ?? "",
    fields: [...parameterRows(operation), ...bodyRows(document, operation)],
    answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
      status: status === "default" ? "4xx, 5xx" : status,
      description: "description" in answer ? answer.description ?? "" : "",
      type: contentOf(answer),
    })),
  };
}

type DescribedOperation = NonNullable<NonNullable<Document["paths"]>[string]["get"]>;

function parameterRows({ parameters = [] }: DescribedOperation) {
  return parameters.flatMap((parameter) => {
    if (!("in" in parameter)) return [];
    const schema = parameter.schema as SchemaLike | undefined;
    return [row(parameter.name, parameter.in, schema, parameter.required === true)];
  });
}

function bodyRows(document: Document, { requestBody }: DescribedOperation) {
  const content = requestBody && "content" in requestBody ? requestBody.content : {};
  const json = content["application/json"];
  const schema = resolve(
    document,
    json && "schema" in json ? json.schema as SchemaLike : undefined,
  );
  if (!schema) return [];
  if (!schema.properties) return [row("", "body", schema, true)];
  return Object.entries(schema.properties).map(([name, property]) =>
    row(name, "body", property, schema.required?.includes(name) ?? false)
  );
}

function row(name: string, place: string, schema: SchemaLike | undefined, isRequired: boolean) {
  const fallback = schema?.default === undefined
    ? ""
    : `Default ${JSON.stringify(schema.default)}.`;
  const note = [schema?.description, fallback].filter(Boolean).join(" ");
  return { name, place, type: typeName(schema), isRequired, note };
}

function resolve(document: Document, schema: SchemaLike | undefined): SchemaLike | undefined {
  if (!schema?.$ref) return schema;
  const name = schema.$ref.split("/").at(-1)!;
  return document.components?.schemas?.[name] as SchemaLike | undefined;
}

function contentOf(answer: object): string {
  const content = "content" in answer
    ? answer.content as Record<string, { schema?: SchemaLike }>
    : {};
  const [first] = Object.entries(content);
  if (!first) return "";
  const [type, { schema }] = first;
  return schema ? typeName(schema) : type;
}
