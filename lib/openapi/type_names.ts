/** As much of a JSON schema as a reader of the documentation page needs. */
export interface SchemaLike {
  $ref?: string;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  format?: string;
  items?: SchemaLike;
  anyOf?: readonly SchemaLike[];
  oneOf?: readonly SchemaLike[];
  allOf?: readonly SchemaLike[];
  properties?: Record<string, SchemaLike>;
  required?: readonly string[];
  description?: string;
  default?: unknown;
}

/** A short name for a schema, as in `string[]`, `"asc" | "desc"` or `Adapter`. */
export function typeName(schema: SchemaLike | undefined): string {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (parts) return [...new Set(parts.map(typeName))].join(schema.allOf ? " & " : " | ");
  if (schema.type === "array") return `${parenthesised(typeName(schema.items) || "any")}[]`;
  if (schema.properties) return `{ ${Object.keys(schema.properties).join(", ")} }`;
  const types = typeof schema.type === "string" ? [schema.type] : schema.type ?? ["any"];
  return types.map((type) => schema.format && type === "string" ? schema.format : type).join(" | ");
}

const parenthesised = (name: string) => name.includes(" | ") ? `(${name})` : name;
