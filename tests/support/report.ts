/** Prints a figure for whoever reads the run: measured, not asserted. */
export function report(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`  ${line}\n`));
}
