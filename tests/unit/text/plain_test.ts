import assert from "node:assert/strict";
import fc from "fast-check";
import { htmlToText, looksLikeHtml, textToHtml } from "@/lib/text/plain.ts";
import { sanitizeDescription } from "@/lib/text/sanitize.ts";
import { clip, storable } from "@/lib/text/storable.ts";

Deno.test("htmlToText() makes a line of each block and decodes entities once", () => {
  assert.equal(
    htmlToText("<p>Use&nbsp;at <b>0.8</b></p><ul><li>one</li><li>&amp;lt; two</li></ul>"),
    "Use at 0.8\n- one\n- &lt; two",
  );
  assert.equal(htmlToText("a<br/>b<script>alert('<p>')</script>c<!-- no -->d"), "a\nbcd");
});

Deno.test("htmlToText() leaves what only looks like markup", () => {
  assert.equal(
    htmlToText("5 < 6 and <3, &unknown; &#0; &#xD800;"),
    "5 < 6 and <3, &unknown; &#0; &#xD800;",
  );
});

Deno.test("htmlToText() reads hostile input in one pass", () => {
  for (const part of ["<!--", "<a", "<script>", "</", "<p ", "&", "\n \n"]) {
    const text = htmlToText(part.repeat(60_000));
    assert.ok(text.length <= part.length * 60_000);
  }
});

Deno.test("textToHtml() escapes everything and keeps lines", () => {
  assert.equal(textToHtml('a <b> & "c"'), "a &lt;b&gt; &amp; &quot;c&quot;");
  assert.equal(textToHtml("one\r\ntwo\n\nthree"), "<p>one<br />two</p><p>three</p>");
});

Deno.test("textToHtml() gives back its text, and needs no sanitising", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const html = textToHtml(text);
    assert.equal(
      sanitizeDescription(html).replaceAll("&quot;", '"'),
      html.replaceAll("&quot;", '"').trim(),
    );
  }));
});

Deno.test("looksLikeHtml() wants a tag, not an angle bracket", () => {
  assert.ok(looksLikeHtml("<p>text</p>"));
  assert.ok(looksLikeHtml("one<br>two"));
  assert.ok(!looksLikeHtml("use <lora:name:1> and a < b > c"));
});

Deno.test("storable() removes what Postgres refuses, clip() never halves a character", () => {
  assert.equal(storable("a\0b\ud83d"), "ab\ufffd");
  assert.equal(clip("ab😀", 3), "ab");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, max) => {
    assert.ok(clip(text, max).isWellFormed());
  }));
});
