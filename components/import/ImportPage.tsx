import { Head } from "fresh/runtime";
import OpenJobs from "@/islands/OpenJobs.tsx";
import type { JobRow } from "@/lib/shared/import_view.ts";
import type { LibraryRoot } from "@/lib/library/schema.ts";
import type { Faults } from "@/lib/shared/faults.ts";
import { plural } from "@/lib/shared/format.ts";
import { EmptyState } from "../EmptyState.tsx";
import { Icon } from "../Icon.tsx";
import { Notice } from "../Notice.tsx";
import { PageHead } from "../PageHead.tsx";
import { Panel } from "../Panel.tsx";
import { AddRootForm } from "./AddRootForm.tsx";
import { JobRows } from "./JobRows.tsx";
import { RootList } from "./RootList.tsx";
import { StartImportForm } from "./StartImportForm.tsx";

export interface ImportPageProps {
  roots: LibraryRoot[];
  open: JobRow[];
  history: JobRow[];
  mayImport: boolean;
  mayManage: boolean;
  /** Which form was refused, why, and what had been typed. */
  refused?: {
    form: "start" | "roots";
    faults: Faults;
    typed: Readonly<Record<string, string | string[]>>;
  };
}

/** Folders, imports and what runs in the background. */
export function ImportPage(
  { roots, open, history, mayImport, mayManage, refused }: ImportPageProps,
) {
  const atStart = refused?.form === "start" ? refused : undefined;
  const atRoots = refused?.form === "roots" ? refused : undefined;
  return (
    <div class="page-narrow parts">
      <Head>
        <title>Import – LoRA Manager</title>
      </Head>
      <PageHead
        title="Import"
        lead="Reads the folders of your library into the catalog. Files are only ever read."
        actions={
          <a class="btn unscripted" href="/import">
            <Icon name="refresh-cw" />
            Reload
          </a>
        }
      />
      {open.length > 0 && (
        <Panel id="open" title="Running and waiting">
          <OpenJobs jobs={open} />
        </Panel>
      )}
      <Panel id="folders" title="Folders">
        <RootList roots={roots} mayImport={mayImport} mayManage={mayManage} />
      </Panel>
      {mayManage
        ? (
          <Panel id="add" title="Add a folder">
            <AddRootForm
              faults={atRoots?.faults ?? {}}
              typed={{
                path: String(atRoots?.typed.path ?? ""),
                label: String(atRoots?.typed.label ?? ""),
              }}
            />
          </Panel>
        )
        : <Notice>Only an admin key may add and remove folders.</Notice>}
      {mayImport && roots.length > 0 && (
        <Panel
          id="start"
          title="Import with options"
          lead="The plain import button above does for every day; unchanged files cost next to nothing."
        >
          <StartImportForm
            roots={roots}
            faults={atStart?.faults ?? {}}
            typed={atStart?.typed ?? {}}
          />
        </Panel>
      )}
      <Panel id="history" title="Past imports">
        <History jobs={history} />
      </Panel>
    </div>
  );
}

/** Scans that run by the clock rarely find anything; they are told of, and folded away. */
function History({ jobs }: { jobs: readonly JobRow[] }) {
  if (jobs.length === 0) {
    return (
      <EmptyState icon="clock" title="Nothing imported yet">
        Each import leaves a report here: what was new, what changed and what could not be read.
      </EmptyState>
    );
  }
  const quiet = jobs.filter((job) => !hasNews(job));
  return (
    <>
      <JobRows jobs={jobs.filter(hasNews)} label="Past imports" />
      {quiet.length > 0 && (
        <details class="fold quiet">
          <summary>
            <Icon name="chevron-right" />
            {plural(quiet.length, "import")} found nothing new
          </summary>
          <JobRows jobs={quiet} label="Imports that found nothing new" />
        </details>
      )}
    </>
  );
}

const hasNews = ({ status, dryRun, counts }: JobRow): boolean =>
  status !== "succeeded" || dryRun || counts === null ||
  counts.created + counts.updated + counts.failed > 0;
