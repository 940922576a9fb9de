// deno-lint-ignore-file no-console -- a command line tool
/** `deno task bench [catalog|import] [how many]`: one benchmark, or all; fails if any misses a limit. */
const BENCHES = ["catalog", "import"];

const [first, ...rest] = Deno.args;
if (first !== undefined && !BENCHES.includes(first)) {
  console.error(`Unknown benchmark "${first}"; there are: ${BENCHES.join(", ")}`);
  Deno.exit(2);
}

let failed = false;
for (const name of first === undefined ? BENCHES : [first]) {
  // A process each: what one leaves in memory would slow the other.
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL(`./${name}.ts`, import.meta.url).pathname, ...rest],
  }).spawn().status;
  failed ||= !success;
}
Deno.exit(failed ? 1 : 0);
