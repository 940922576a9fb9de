import type { ItemOutcome } from "@/lib/importer/report.ts";
import { formatCount } from "@/lib/shared/format.ts";
import { type ImportView, isOver, REPORT_PAGE, reportHref } from "@/lib/shared/import_view.ts";
import { EmptyState } from "../EmptyState.tsx";
import { Icon } from "../Icon.tsx";
import { Panel } from "../Panel.tsx";
import { OUTCOME_BADGE, OUTCOMES } from "./labels.ts";

interface ReportProps {
  view: ImportView;
  /** Null: all of them. */
  outcome: ItemOutcome | null;
  offset: number;
}

/** What happened to each file, or would happen; files that did not change are only counted. */
export function Report({ view, outcome, offset }: ReportProps) {
  const { status, request } = view;
  const { items } = status.report;
  const all = Object.values(status.outcomes).reduce((sum, count) => sum + count, 0);
  return (
    <Panel
      id="report"
      title={status.dry_run ? "What would happen" : "Report"}
      actions={<a class="btn btn-small" href={`/api/v1/imports/${status.job_id}`}>As JSON</a>}
    >
      {all > 0 && (
        <nav class="part-body flex flex-wrap gap-1.5" aria-label="Outcomes">
          <Filter id={status.job_id} outcome={null} count={all} isSet={outcome === null} />
          {OUTCOMES.filter((each) => status.outcomes[each] || each === outcome).map((each) => (
            <Filter
              key={each}
              id={status.job_id}
              outcome={each}
              count={status.outcomes[each] ?? 0}
              isSet={outcome === each}
            />
          ))}
        </nav>
      )}
      {items.length === 0
        ? <NoLines isRunning={!isOver(status.status)} isFiltered={outcome !== null} />
        : (
          <div class="report-scroll">
            <table class="table report">
              <caption class="sr-only">Files and what happened to them</caption>
              <thead>
                <tr>
                  <th scope="col">Outcome</th>
                  <th scope="col">File</th>
                  <th scope="col">Details</th>
                </tr>
              </thead>
              <tbody>
                {items.map((item, index) => (
                  <tr key={index}>
                    <td>
                      <span class={OUTCOME_BADGE[item.outcome]}>{item.outcome}</span>
                    </td>
                    <td class="report-path" title={item.path}>
                      <code>{within(item.path, request.targets)}</code>
                    </td>
                    <td>
                      <Reason outcome={item.outcome} text={item.reason} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      <Pager id={status.job_id} outcome={outcome} offset={offset} total={status.items_total} />
    </Panel>
  );
}

interface FilterProps {
  id: string;
  outcome: ItemOutcome | null;
  count: number;
  isSet: boolean;
}

function Filter({ id, outcome, count, isSet }: FilterProps) {
  return (
    <a
      class={isSet ? "chip chip-set" : "chip"}
      href={reportHref(id, outcome)}
      aria-current={isSet ? "true" : undefined}
    >
      {outcome ?? "all"} <span class="num">{formatCount(count)}</span>
    </a>
  );
}

function NoLines({ isRunning, isFiltered }: { isRunning: boolean; isFiltered: boolean }) {
  if (isRunning) {
    return (
      <EmptyState icon="loader-circle" title="Nothing to report yet">
        Lines appear here while the import runs.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="circle-check"
      title={isFiltered ? "No lines with this outcome" : "Nothing changed"}
    >
      {isFiltered ? "Choose another outcome above." : "Every file is as the catalog knows it."}
    </EmptyState>
  );
}

/** The changes of an updated file come one after the other; each gets its line. */
function Reason({ outcome, text }: { outcome: ItemOutcome; text?: string }) {
  if (text === undefined) return null;
  if (outcome !== "updated" && outcome !== "moved") return <>{text}</>;
  return (
    <ul class="changes">
      {text.split("; ").map((change, index) => {
        const [, field, what] = /^(\w+): (.*)$/s.exec(change) ?? [];
        return (
          <li key={index}>
            {field
              ? (
                <>
                  <span class="text-muted">{field}</span> {what}
                </>
              )
              : change}
          </li>
        );
      })}
    </ul>
  );
}

/** The path below the folder that was imported; the whole one is in the title. */
function within(path: string, targets: readonly string[]): string {
  const target = targets.find((each) => path.startsWith(`${each}/`));
  return target ? path.slice(target.length + 1) : path;
}

interface PagerProps {
  id: string;
  outcome: ItemOutcome | null;
  offset: number;
  total: number;
}

function Pager({ id, outcome, offset, total }: PagerProps) {
  if (total <= REPORT_PAGE) return null;
  const last = Math.min(offset + REPORT_PAGE, total);
  return (
    <nav class="pager" aria-label="Pages of the report">
      {offset > 0
        ? (
          <a
            class="btn btn-small"
            href={reportHref(id, outcome, Math.max(0, offset - REPORT_PAGE))}
          >
            <Icon name="chevron-left" />
            Previous
          </a>
        )
        : <span />}
      <span class="num text-muted text-s">
        {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(total)}
      </span>
      {last < total
        ? (
          <a class="btn btn-small" href={reportHref(id, outcome, last)}>
            Next
            <Icon name="chevron-right" />
          </a>
        )
        : <span />}
    </nav>
  );
}
