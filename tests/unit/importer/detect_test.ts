import assert from "node:assert/strict";
import { decodeSidecar, parseSidecarJson } from "@/lib/importer/formats/decode.ts";
import { detectSidecar } from "@/lib/importer/formats/detect.ts";
import { modelStem, previewRank, sidecarStem } from "@/lib/importer/formats/file_names.ts";
import { bytesOf, civitaiInfo, civitaiModel } from "./fixtures.ts";

Deno.test("detectSidecar() tells the kinds apart by their keys, under any name", () => {
  const kinds: [unknown, string | null][] = [
    [civitaiModel(), "civitai_model"],
    [civitaiModel({ "activation text": "x" }), "civitai_model"],
    [civitaiInfo(), "civitai_version"],
    [{ id: 5, modelId: 6, skeleton_file: true }, "civitai_version"],
    [{ description: "", "sd version": "SDXL", notes: "" }, "a1111_user"],
    [{ "preferred weight": 0.8 }, "a1111_user"],
    [{ description: "", notes: "" }, "a1111_user"],
    [
      { file_name: "a", model_name: "A", sha256: "", from_civitai: true, civitai: {} },
      "lora_manager",
    ],
    [{ ModelId: 1, ModelName: "A", VersionId: 2, Hashes: {} }, "stability_matrix"],
    [{ file: "a", path: "/a", raw: { metadata: {}, civitai: {} } }, "rgthree"],
    [{ "modelspec.title": "A" }, "swarm"],
    [{ last_node_id: 9, nodes: [], links: [], version: 0.4 }, null],
    [{ architectures: ["CLIP"], hidden_size: 768, model_type: "clip" }, null],
    [{ "3": { class_type: "KSampler", inputs: {} } }, null],
    [{}, null],
    [[], null],
    ["text", null],
    [null, null],
  ];
  for (const [document, kind] of kinds) {
    assert.equal(detectSidecar("a.json", document), kind, JSON.stringify(document).slice(0, 80));
  }
});

Deno.test("detectSidecar() takes the empty mark of Civitai Helper by its name alone", () => {
  assert.equal(detectSidecar("a.civitai.info", {}), "civitai_version");
  assert.equal(detectSidecar("a.metadata.json", {}), null);
});

Deno.test("sidecarStem() knows every ending, longest first, in any case", () => {
  const stems: [string, string, string][] = [
    ["a.civitai.info", "a", "civitai_version"],
    ["a.metadata.json", "a", "lora_manager"],
    ["a.cm-info.json", "a", "stability_matrix"],
    ["a.v1.5.safetensors.rgthree-info.json", "a.v1.5", "rgthree"],
    ["a.swarm.json", "a", "swarm"],
    ["a.api_info.json", "a", "civitai_version"],
    ["a.b.json", "a.b", "json"],
    ["a.txt", "a", "text"],
    ["A.Description.TXT", "A", "text"],
    ["百花酿.JSON", "百花酿", "json"],
  ];
  for (const [name, stem, kindHint] of stems) {
    assert.deepEqual(sidecarStem(name), { stem, kindHint }, name);
  }
  for (const name of ["a.safetensors", "a.png", ".json", "json", ""]) {
    assert.equal(sidecarStem(name), null, name);
  }
});

Deno.test("modelStem() keeps dots inside names", () => {
  assert.equal(modelStem("a.v1.5.SafeTensors"), "a.v1.5");
  assert.equal(modelStem("a.pt"), "a");
  assert.equal(modelStem("a.json"), null);
  assert.equal(modelStem(".safetensors"), null);
});

Deno.test("previewRank() prefers the full picture to previews, thumbnails and films", () => {
  const files = [
    "a.mp4",
    "A.thumb.jpg",
    "a.preview.png",
    "a.JPG",
    "a.png",
    "a.example.0.jpeg",
    "a.preview.webm",
  ];
  const ranked = files.toSorted((x, y) => previewRank(x, "a")! - previewRank(y, "a")!);
  assert.deepEqual(ranked, [
    "a.png",
    "a.JPG",
    "a.preview.png",
    "A.thumb.jpg",
    "a.example.0.jpeg",
    "a.mp4",
    "a.preview.webm",
  ]);
  for (const other of ["ab.png", "a.json", "a.b.png", "b.png"]) {
    assert.equal(previewRank(other, "a"), null, other);
  }
  assert.equal(previewRank("cafe\u0301.png", "caf\u00e9"), 0, "macOS decomposes accents");
});

Deno.test("decodeSidecar() reads UTF-8, UTF-16 and the code pages of Windows", () => {
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    [...text].forEach((sign, at) => view.setUint16(at * 2, sign.charCodeAt(0), littleEndian));
    return new Uint8Array(view.buffer);
  };
  assert.equal(decodeSidecar(bytesOf("\ufeff{}")), "{}");
  assert.equal(decodeSidecar(bytesOf("水墨 ü")), "水墨 ü");
  assert.equal(decodeSidecar(utf16("\ufeff{ä}", true)), "{ä}");
  assert.equal(decodeSidecar(utf16("\ufeff{ä}", false)), "{ä}");
  assert.equal(decodeSidecar(utf16('{"a": "plain"}', true)), '{"a": "plain"}');
  // "description: 中文说明" in GBK, "café" and "naïve" in Windows-1252, "Привет, мир" in Windows-1251.
  const ascii = [...bytesOf("description: ")];
  const gbk = [0xd6, 0xd0, 0xce, 0xc4, 0xcb, 0xb5, 0xc3, 0xf7];
  assert.equal(decodeSidecar(new Uint8Array([...ascii, ...gbk])), "description: 中文说明");
  assert.equal(decodeSidecar(new Uint8Array([0x63, 0x61, 0x66, 0xe9])), "café");
  assert.equal(decodeSidecar(new Uint8Array([0x6e, 0x61, 0xef, 0x76, 0x65])), "naïve");
  const russian = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0];
  assert.equal(decodeSidecar(new Uint8Array(russian)), "Привет, мир");
  const kana = [0x83, 0x4b, 0x83, 0x93, 0x83, 0x5f, 0x83, 0x80];
  assert.equal(decodeSidecar(new Uint8Array(kana)), "ガンダム");
});

Deno.test("parseSidecarJson() repairs what Python and careless tools write, and says why it cannot", () => {
  assert.deepEqual(parseSidecarJson('{"a": NaN, "b": -Infinity, "c": "NaN \n line"}'), {
    value: { a: null, b: null, c: "NaN \n line" },
  });
  assert.deepEqual(parseSidecarJson(" \n"), { reason: "file is empty" });
  const cut = parseSidecarJson('{"a": [1, 2');
  assert.match("reason" in cut ? cut.reason : "", /^not valid JSON: /);
});
