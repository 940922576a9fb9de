import { define } from "@/define.ts";
import { openApiDocument } from "@/lib/openapi/document.ts";

let document: string | undefined;

export const handler = define.handlers({
  GET() {
    document ??= JSON.stringify(openApiDocument());
    return new Response(document, { headers: { "content-type": "application/json" } });
  },
});
