import assert from "node:assert/strict";
import { embeddedCover, hasEmbeddedCover } from "@/lib/importer/formats/cover.ts";
import { baseName } from "@/lib/importer/formats/training.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(100).fill(7)]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...Array(100).fill(7)]);

Deno.test("embeddedCover() reads a data URL, and names its type by content", () => {
  const metadata = { "modelspec.thumbnail": `data:image/png;base64,${JPEG.toBase64()}` };
  assert.ok(hasEmbeddedCover(metadata));
  const cover = embeddedCover(metadata);
  assert.equal(cover?.mediaType, "image/jpeg");
  assert.deepEqual(cover?.bytes, JPEG);
});

Deno.test("embeddedCover() reads the list of the additional-networks editor", () => {
  const metadata = { ssmd_cover_images: JSON.stringify(["no picture", PNG.toBase64()]) };
  assert.ok(hasEmbeddedCover(metadata));
  assert.equal(embeddedCover(metadata)?.mediaType, "image/png");
});

Deno.test("embeddedCover() refuses what is no picture, scripts in SVG included", () => {
  const svg = btoa("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  const metadatas: Record<string, string>[] = [
    {},
    { "modelspec.thumbnail": `data:image/svg+xml;base64,${svg}` },
    { "modelspec.thumbnail": "https://evil.example/a.png" },
    { "modelspec.thumbnail": "data:image/png;base64,%%%" },
    { ssmd_cover_images: "[]" },
    { ssmd_cover_images: "not JSON" },
    { ssmd_cover_images: '{"a": 5}' },
  ];
  for (const metadata of metadatas) assert.equal(embeddedCover(metadata), null);
});

Deno.test("baseName() leaves nothing of the folders of any system", () => {
  assert.equal(baseName("C:\\Users\\ada\\10_cat"), "10_cat");
  assert.equal(baseName("/home/ada/10_cat/"), "10_cat");
  assert.equal(baseName("10_cat"), "10_cat");
  assert.equal(baseName("/"), "");
});
