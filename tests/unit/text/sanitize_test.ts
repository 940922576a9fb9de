import assert from "node:assert/strict";
import fc from "fast-check";
import { sanitizeDescription } from "@/lib/text/sanitize.ts";

/** Ways to run a script, to load something from elsewhere, or to leave the box a description is shown in. */
const VECTORS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<img src=x onerror=alert(1)>",
  '<img src="javascript:alert(1)">',
  "<img src=`x`onerror=alert(1)>",
  '<img srcset="https://evil.example/a.png 1x" src=https://evil.example/a.png>',
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=alert(1)>">',
  '<math href="javascript:alert(1)">x</math>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="java&#09;script:alert(1)">x</a>',
  '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="/api/v1/adapters">x</a>',
  '<a href="https://evil.example" onclick="alert(1)" style="position:fixed" target="_blank">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  "<style>body{background:url(https://evil.example)}</style>",
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<p id="main" class="hidden" name="x">x</p>',
  '<form action="https://evil.example"><input name="password"><button>Go</button></form>',
  "<details open ontoggle=alert(1)>",
  "<video><source onerror=alert(1)></video>",
  '<video poster="https://evil.example/a.png" src="https://evil.example/a.mp4" autoplay></video>',
  "<marquee onstart=alert(1)>x</marquee>",
  "<textarea><img src=x onerror=alert(1)></textarea>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "<template><script>alert(1)</script></template>",
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  '"><script>alert(1)</script>',
  "<p/onmouseover=alert(1)>x",
  "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
  "</div></main></body><h1>Signed out</h1>",
];

const TAG = /<\/?([a-z][a-z0-9]*)([^<>]*)>/g;
const ALLOWED = new Set(
  ("p br hr strong b em i u s del sub sup code pre blockquote ul ol li h3 h4 h5 h6 a " +
    "table thead tbody tr th td").split(" "),
);

/** Reads the output as strictly as it is written: nothing but known tags, and links with two attributes. */
function assertHarmless(html: string): void {
  const text = html.replace(TAG, (whole, tag, attributes) => {
    assert.ok(ALLOWED.has(tag), `${whole} is not allowed`);
    if (whole.startsWith("<a ") && attributes.trim()) {
      assert.match(attributes, /^ href="https?:\/\/[^"\s]+[^"]*" rel="noopener nofollow"$/i);
    } else assert.match(attributes, /^(?: \/)?$/, `${whole} has attributes`);
    return "";
  });
  assert.ok(!/[<>]/.test(text), `${text} holds a bracket`);
}

for (const [index, vector] of VECTORS.entries()) {
  Deno.test(`sanitizeDescription() disarms vector ${index + 1}: ${vector.slice(0, 60)}`, () => {
    assertHarmless(sanitizeDescription(vector));
    assertHarmless(sanitizeDescription(`<p>before ${vector} after</p>`));
  });
}

Deno.test("sanitizeDescription() closes what was left open and drops what closes others", () => {
  assert.equal(sanitizeDescription("</div><p>a<strong>b"), "<p>a<strong>b</strong></p>");
});

Deno.test("sanitizeDescription() makes links of remote pictures and players", () => {
  assert.equal(
    sanitizeDescription('<img src="https://a.example/b.png" alt="A <b>">'),
    '<a href="https://a.example/b.png" rel="noopener nofollow">A &lt;b&gt;</a>',
  );
  assert.equal(
    sanitizeDescription('<iframe src="//www.youtube.com/embed/x"></iframe>'),
    '<a href="https://www.youtube.com/embed/x" rel="noopener nofollow">Video</a>',
  );
});

Deno.test("sanitizeDescription() keeps the formatting that descriptions use", () => {
  const html = "<h3>Use</h3><ul><li><strong>0.8</strong> &amp; up</li></ul><p>x<br />y</p>";
  assert.equal(sanitizeDescription(html), html);
  assert.equal(sanitizeDescription("<h1>Use</h1>"), "<h3>Use</h3>");
  assert.equal(sanitizeDescription("plain words"), "plain words");
});

Deno.test("sanitizeDescription() is harmless for any mixture of fragments, and a second pass changes no words", () => {
  const fragment = fc.oneof(
    fc.constantFrom(...VECTORS),
    fc.constantFrom(
      "<p>",
      "</p>",
      "<ul><li>",
      "<a href=",
      '"',
      "'",
      ">",
      "<",
      "&",
      "&lt;",
      "<!--",
      "-->",
      "\0",
    ),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
      const clean = sanitizeDescription(fragments.join(""));
      assertHarmless(clean.replaceAll("\0", ""));
      const again = sanitizeDescription(clean);
      assertHarmless(again.replaceAll("\0", ""));
      assert.equal(again.replace(TAG, "").trim(), clean.replace(TAG, "").trim());
    }),
    { numRuns: 500 },
  );
});
