import { Head } from "fresh/runtime";
import { page } from "fresh";
import { OperationDetails } from "@/components/docs/OperationDetails.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { Panel } from "@/components/Panel.tsx";
import { define } from "@/define.ts";
import { documentationPage } from "@/lib/openapi/page.ts";

let sections: ReturnType<typeof documentationPage> | undefined;

export const handler = define.handlers({
  GET: () => page({ sections: sections ??= documentationPage() }),
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <Head>
      <title>API – LoRA Manager</title>
    </Head>
    <PageHead
      title="API"
      lead={
        <>
          Send a key as <code>X-API-Key</code> or <code>Authorization: Bearer</code>. For programs:
          {" "}
          <a href="/openapi.json">openapi.json</a>.
        </>
      }
    />
    <nav aria-label="Sections" class="flex flex-wrap gap-2 mb-4">
      {data.sections.map(({ tag }) => (
        <a key={tag} class="chip" href={`#${tag.toLowerCase()}`}>{tag}</a>
      ))}
    </nav>
    <div class="parts">
      {data.sections.map(({ tag, operations }) => (
        <Panel key={tag} id={tag.toLowerCase()} title={tag}>
          {operations.map((operation) => (
            <OperationDetails key={operation.id} operation={operation} />
          ))}
        </Panel>
      ))}
    </div>
  </>
));
