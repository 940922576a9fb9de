// deno-lint-ignore-file no-console -- what a command line tool is for
import { formatDuration } from "./duration.ts";
import type { ImportStatus } from "@/lib/importer/report.ts";

export interface Display {
  /** Shows how far the import is; called several times a second. */
  progress(status: ImportStatus): void;
  /** Shows the end of it. */
  report(status: ImportStatus): void;
}

interface Told {
  scanned: number;
  total: number;
  rate: number | null;
  etaS: number | null;
}

function toldBy({ progress }: ImportStatus): Told {
  const number = (name: string) => typeof progress[name] === "number" ? progress[name] : null;
  return {
    scanned: number("scanned") ?? 0,
    total: number("total") ?? 0,
    rate: number("rate_per_s"),
    etaS: number("eta_s"),
  };
}

function lineOf(status: ImportStatus): string {
  const { scanned, total, rate, etaS } = toldBy(status);
  const parts = [`${scanned} of ${Math.max(total, scanned)}`];
  if (rate !== null) parts.push(`${Math.round(rate)}/s`);
  if (etaS !== null) parts.push(`${formatDuration(etaS)} left`);
  const { failed } = status.counts;
  if (failed) parts.push(`${failed} failed`);
  return parts.join(", ");
}

const PROBLEMS = new Set(["failed", "paused"]);

/** The lines that people act on; in a dry run all of them. */
function listed({ dry_run, report }: ImportStatus): string[] {
  return report.items
    .filter(({ outcome }) => dry_run || PROBLEMS.has(outcome) || outcome === "duplicate")
    .map(({ outcome, path, reason }) =>
      `${outcome.padEnd(9)} ${path}${reason ? `\n          ${reason}` : ""}`
    );
}

function summaryOf({ dry_run, report, status }: ImportStatus): string {
  const { scanned, created, updated, unchanged, missing, orphans, failed, duplicates } = report;
  const head = status === "cancelled"
    ? "Cancelled; what was imported stays"
    : dry_run
    ? "Nothing was written; an import would do this"
    : `Imported in ${formatDuration(report.duration_ms / 1000)}`;
  return [
    head,
    `  ${scanned} scanned: ${created} created, ${updated} updated, ${unchanged} unchanged`,
    `  ${missing} missing, ${orphans} without sidecar, ${duplicates} duplicates, ${failed} failed`,
  ].join("\n");
}

/** One JSON document on standard output, nothing else. */
export const jsonDisplay: Display = {
  progress() {},
  report: (status) => console.log(JSON.stringify(status.report, null, 2)),
};

const PLAIN_EVERY_MS = 2_000;

/** Lines that read well in a log file. */
export class PlainDisplay implements Display {
  #lastAt = performance.now();

  progress(status: ImportStatus): void {
    if (performance.now() - this.#lastAt < PLAIN_EVERY_MS) return;
    this.#lastAt = performance.now();
    console.error(`Importing: ${lineOf(status)}`);
  }

  report(status: ImportStatus): void {
    for (const line of listed(status)) console.log(line);
    console.log(summaryOf(status));
  }
}

const BAR_CELLS = 24;

/**
 * A bar that redraws itself. Not the prompt library's: that one reads the terminal while it turns, and ends the process
 * by itself on Ctrl-C, before the import is stopped properly.
 */
export class TerminalDisplay extends PlainDisplay {
  override progress(status: ImportStatus): void {
    const { scanned, total } = toldBy(status);
    const cells = total > 0 ? Math.min(BAR_CELLS, Math.round(scanned / total * BAR_CELLS)) : 0;
    const bar = "█".repeat(cells) + "░".repeat(BAR_CELLS - cells);
    this.#draw(`${bar} ${lineOf(status)}`);
  }

  override report(status: ImportStatus): void {
    this.#draw("");
    super.report(status);
  }

  #draw(line: string): void {
    const { columns } = Deno.consoleSize();
    Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[K${line.slice(0, columns - 1)}`));
  }
}
