import assert from "node:assert/strict";
import fc from "fast-check";
import { sanitizeDescription } from "@/lib/text/sanitize.ts";
import { XSS_VECTORS } from "../../support/xss_vectors.ts";

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

for (const [index, vector] of XSS_VECTORS.entries()) {
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
    fc.constantFrom(...XSS_VECTORS),
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
