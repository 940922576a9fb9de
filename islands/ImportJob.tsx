import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { ImportHead } from "@/components/import/ImportHead.tsx";
import { Latest } from "@/components/import/Latest.tsx";
import { Report } from "@/components/import/Report.tsx";
import type { ImportCounts, ItemOutcome } from "@/lib/importer/report.ts";
import { type ImportView, isOver } from "@/lib/shared/import_view.ts";
import { failureText, load } from "@/browser/http.ts";
import { type JobNews, onImportNews } from "@/browser/job_events.ts";
import { complain } from "@/browser/toasts.ts";

export interface ImportJobProps {
  view: ImportView;
  outcome: ItemOutcome | null;
  offset: number;
  mayWrite: boolean;
  blurFrom: number;
}

/** How often the report is read again while the import runs; counts and bar move with every event. */
const REREAD_MS = 1500;

/** One import, live: bar and counts from its events, report and pictures read again while it runs. */
export default function ImportJob({ view, outcome, offset, mayWrite, blurFrom }: ImportJobProps) {
  const shown = useSignal(view);
  const running = !isOver(shown.value.status.status);

  useEffect(() => {
    const { job_id: id } = shown.peek().status;
    if (!running) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reread = async () => {
      timer = undefined;
      try {
        shown.value = await load<ImportView>(`/import/${id}/state${location.search}`);
      } catch (error) {
        const reason = failureText(error);
        if (reason) complain(`The report is not current: ${reason}`);
      }
    };
    const stop = onImportNews(id, (news) => {
      const ended = news.status !== undefined && isOver(news.status);
      if (ended) {
        clearTimeout(timer);
        stop();
        return void reread();
      }
      shown.value = withNews(shown.peek(), news);
      timer ??= setTimeout(reread, REREAD_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);

  return (
    <>
      <ImportHead view={shown.value} mayWrite={mayWrite} />
      <Latest cards={shown.value.latest} blurFrom={blurFrom} />
      <Report view={shown.value} outcome={outcome} offset={offset} />
    </>
  );
}

function withNews(view: ImportView, { status, progress }: JobNews): ImportView {
  const counts = { ...view.status.counts };
  for (const name of Object.keys(counts) as (keyof ImportCounts)[]) {
    const value = progress?.[name];
    if (typeof value === "number") counts[name] = value;
  }
  return {
    ...view,
    status: {
      ...view.status,
      status: status ?? view.status.status,
      progress: progress ?? view.status.progress,
      counts,
    },
  };
}
