import assert from "node:assert/strict";
import { type Signal, signal } from "@preact/signals";
import { parse } from "devalue";
import { App } from "fresh";
import { asset } from "fresh/runtime";
import type { ComponentChildren, VNode } from "preact";
import { PAYLOAD_ID } from "../src/markers.ts";
import { requester, useBuild, withErrorLog } from "./support/request.ts";

function Echo(props: Record<string, unknown> & { children?: ComponentChildren }) {
  return <div>{props.children}</div>;
}
function Outer({ inner }: { inner: string }) {
  return <Echo value={inner} />;
}
function Hidden(_: { children: ComponentChildren }) {
  return <i>closed</i>;
}

useBuild({
  boot: { url: "/boot.js", imports: ["/shared.js"] },
  islands: [{
    module: { Echo, Outer, Hidden, notAComponent: 1 },
    url: "/islands.js",
    imports: [],
    styles: ["/islands.css"],
  }],
});

async function htmlOf(content: VNode): Promise<string> {
  return (await requester(new App().get("/", (ctx) => ctx.render(content)))("/")).text;
}

type Sent = [number, string, Record<string, unknown>][];

/** The props as a browser would read them; slots as the text "slot n". */
function sentIn(html: string): Sent {
  const script = new RegExp(`id="${PAYLOAD_ID}"[^>]*>([^<]*)</script>`).exec(html)![1]!;
  return parse(JSON.stringify(JSON.parse(script).p), {
    Signal: ([value]: [unknown]) => signal(value),
    Slot: ([id]: [number]) => `slot ${id}`,
  });
}

Deno.test("island props survive with their types", async () => {
  const props = {
    text: 'a "b" & </script><!-- \u2028 é 😀',
    date: new Date(7),
    big: 12345678901234567890n,
    map: new Map([[1, new Set(["a"])]]),
    bytes: new Uint8Array([1, 2, 255]),
    floats: new Float32Array([0.5]),
    nothing: undefined,
    zero: -0,
    nested: [{ a: null, nan: NaN }],
  };
  const html = await htmlOf(<Echo {...props} />);
  assert.deepEqual(sentIn(html)[0], [0, "Echo", props]);
});

Deno.test("no text in props can end the script that carries them", async () => {
  const hostile = ["</script>", "</SCRIPT >", "<!--<script>", "]]>", "\u2029"];
  const html = await htmlOf(<Echo hostile={hostile} />);
  const [start] = html.split("</body>");
  assert.equal(start!.match(/<\/script/gi)!.length, 2);
  assert.doesNotMatch(html, /<!--<script>/);
  assert.deepEqual(sentIn(html)[0]![2], { hostile });
});

Deno.test("a signal passed to two islands is sent once", async () => {
  const count = signal(3);
  const html = await htmlOf(
    <main>
      <Echo count={count} />
      <Echo count={count} text={count.value} />
    </main>,
  );
  const [first, second] = sentIn(html);
  assert.equal((first![2].count as Signal).value, 3);
  assert.equal(first![2].count, second![2].count);
});

Deno.test("JSX given to an island stays in place as a slot, with islands of its own", async () => {
  const html = await htmlOf(
    <Echo>
      <b>
        <Echo n={1} />
      </b>
    </Echo>,
  );
  assert.match(
    html,
    /<!--fresh:island:0--><div><!--fresh:slot:0--><b><!--fresh:island:1--><div><\/div><!--\/fresh:island--><\/b><!--\/fresh:slot--><\/div><!--\/fresh:island-->/,
  );
  assert.deepEqual(sentIn(html), [[0, "Echo", { children: "slot 0" }], [0, "Echo", { n: 1 }]]);
});

Deno.test("a slot that its island does not show waits in a template", async () => {
  const html = await htmlOf(
    <Hidden>
      <Echo n={2} />
    </Hidden>,
  );
  assert.match(html, /<i>closed<\/i><!--\/fresh:island--><template id="__fresh_slot_0">/);
  assert.match(html, /<template[^>]*><!--fresh:slot:0--><!--fresh:island:1-->/);
});

Deno.test("an island used by an island is a component of it", async () => {
  const html = await htmlOf(<Outer inner="x" />);
  assert.equal(html.match(/fresh:island:/g)!.length, 1);
  assert.deepEqual(sentIn(html), [[0, "Outer", { inner: "x" }]]);
});

Deno.test("a page with islands loads their chunk, styles and the boot script", async () => {
  const html = await htmlOf(<Echo />);
  assert.match(html, /<link rel="stylesheet" href="\/islands.css"/);
  for (const url of ["/islands.js", "/boot.js", "/shared.js"]) {
    assert.ok(html.includes(`<link rel="modulepreload" href="${url}"`), url);
  }
  assert.match(html, /<script type="module" src="\/boot.js" nonce="\w+"><\/script><\/body>/);
  assert.doesNotMatch(await htmlOf(<p>none</p>), /script|modulepreload/);
});

Deno.test("a prop that cannot be sent is named", async () => {
  const logged = await withErrorLog(async () => {
    await htmlOf(<Echo list={[1, { onClick: () => {} }]} />);
    await htmlOf(<Echo deep={{ jsx: <b /> }} />);
  });
  assert.match(
    String(logged[0]),
    /Echo \(\/islands\.js\) at props\.list\[1\]\.onClick: .*function/,
  );
  assert.match(String(logged[1]), /JSX must be a prop itself/);
});

Deno.test("asset() carries the build's id", () => {
  assert.equal(asset("/a.svg"), "/a.svg?v=test");
  assert.equal(asset("/a.svg?x=1#y"), "/a.svg?x=1&v=test#y");
  assert.equal(asset("https://example.com/a"), "https://example.com/a");
});
