import assert from "node:assert/strict";
import {
  detectFileFormat,
  parseSafetensorsHeader,
  readSafetensorsHeader,
} from "@/lib/importer/header.ts";
import { bytesOf, safetensorsFile, safetensorsJson } from "./fixtures.ts";

async function readBytes(bytes: Uint8Array<ArrayBuffer>) {
  const path = await Deno.makeTempFile({ suffix: ".safetensors" });
  try {
    await Deno.writeFile(path, bytes);
    return await readSafetensorsHeader(path);
  } finally {
    await Deno.remove(path);
  }
}

const refuses = (bytes: Uint8Array<ArrayBuffer>, message: RegExp | string) =>
  assert.rejects(readBytes(bytes), { name: "SyntaxError", message });

const TENSOR = { dtype: "F16", shape: [16, 768], data_offsets: [0, 24576] };

Deno.test("readSafetensorsHeader() reads metadata, counts tensors and knows where they start", async () => {
  const json = safetensorsJson({ ss_network_dim: "16", note: "ä" });
  const header = await readBytes(safetensorsFile(json));
  assert.deepEqual(header.metadata, { ss_network_dim: "16", note: "ä" });
  assert.equal(header.tensorCount, 1);
  assert.equal(header.headerBytes, 8 + json.length);
  assert.deepEqual(header.dtypes, { F16: 1 });
  assert.deepEqual(header.warnings, []);
});

Deno.test("readSafetensorsHeader() reads headers longer than its first read, and padding", async () => {
  const json = bytesOf(JSON.stringify({ __metadata__: { long: "x".repeat(300_000) } }) + "   ");
  const header = await readBytes(safetensorsFile(json, 0));
  assert.equal(header.metadata.long!.length, 300_000);
});

Deno.test("readSafetensorsHeader() leaves a given file open, after the header at most", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, safetensorsFile(safetensorsJson({ a: "b" })));
  using file = await Deno.open(path);
  assert.equal((await readSafetensorsHeader(file)).metadata.a, "b");
  assert.ok((await file.stat()).size > 0);
  await Deno.remove(path);
});

Deno.test("readSafetensorsHeader() refuses files that are something else, by content", async () => {
  await refuses(bytesOf("\x80\x02").slice(1) as Uint8Array<ArrayBuffer>, /minimum is 8/);
  const pickle = new Uint8Array([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20]);
  await refuses(pickle, /file is a Python pickle, which can run code when it is loaded/);
  await refuses(bytesOf("PK\x03\x04 and so on") as Uint8Array<ArrayBuffer>, /ZIP archive/);
  await refuses(bytesOf("GGUF and so on") as Uint8Array<ArrayBuffer>, /GGUF/);
  await refuses(bytesOf("<!DOCTYPE html><html>") as Uint8Array<ArrayBuffer>, /failed download/);
  await refuses(
    bytesOf("version https://git-lfs.github.com/spec/v1") as Uint8Array<ArrayBuffer>,
    /LFS/,
  );
});

Deno.test("readSafetensorsHeader() checks the length before it reads", async () => {
  const file = new Uint8Array(64);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, 134_217_728n, true);
  await refuses(
    file,
    "Cannot read safetensors header: length is 134217728 bytes, maximum is 100000000",
  );
  view.setBigUint64(0, 0xffff_ffff_ffff_ffffn, true);
  await refuses(file, /length is 18446744073709551615 bytes/);
  view.setBigUint64(0, 1000n, true);
  await refuses(file, /length is 1000 bytes, but only 56 follow/);
  view.setBigUint64(0, 0n, true);
  await refuses(file, /length is 0 bytes, minimum is 2/);
});

Deno.test("readSafetensorsHeader() refuses JSON that is no header", async () => {
  await refuses(safetensorsFile(bytesOf('{"a":')), /Cannot read safetensors header: .*JSON/);
  await refuses(safetensorsFile(bytesOf("[1,2]")), /not an object/);
  await refuses(safetensorsFile(bytesOf({ weight: 5 })), /entry "weight" is no tensor/);
  await refuses(safetensorsFile(bytesOf({ weight: { dtype: "F16" } })), /lacks dtype, shape/);
  await refuses(safetensorsFile(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), /not UTF-8/);
});

Deno.test("parseSafetensorsHeader() notices a file that was cut off, and repeated names", () => {
  const json = bytesOf({ weight: TENSOR });
  assert.deepEqual(parseSafetensorsHeader(json, 8 + json.length + 24576).warnings, []);
  assert.match(
    parseSafetensorsHeader(json, 8 + json.length + 100).warnings[0]!,
    /file is cut off: tensors need \d+ bytes, it has \d+/,
  );
  const one = JSON.stringify(TENSOR);
  const repeated = bytesOf(`{"a":${one},"a":${one},"__metadata__":{},"__metadata__":{"k":"v"}}`);
  const header = parseSafetensorsHeader(repeated, 1e9);
  assert.deepEqual(header.warnings, ["1 tensor names are repeated", "__metadata__ is repeated"]);
  assert.deepEqual(header.metadata, { k: "v" });
});

Deno.test("parseSafetensorsHeader() keeps odd metadata as text that can be stored", () => {
  const json = bytesOf(
    '{"__metadata__":{"count":5,"list":[1],"nul":"a\\u0000b","half":"\\ud83d","__proto__":"x"}}',
  );
  const { metadata, warnings } = parseSafetensorsHeader(json, 1e9);
  assert.equal(metadata.count, "5");
  assert.equal(metadata.list, "[1]");
  assert.equal(metadata.nul, "ab");
  assert.equal(metadata.half, "\ufffd");
  assert.equal(Object.getOwnPropertyDescriptor(metadata, "__proto__")?.value, "x");
  assert.deepEqual(warnings, ["2 metadata values are not text, e.g. count"]);
  assert.deepEqual(parseSafetensorsHeader(bytesOf('{"__metadata__":7}'), 1e9).warnings, [
    "__metadata__ is not an object and was ignored",
  ]);
});

Deno.test("parseSafetensorsHeader() tells network and model from names and shapes", () => {
  const shapeOf = (tensors: Record<string, number[]>) => {
    const entries = Object.entries(tensors).map(([name, shape]) => [name, { ...TENSOR, shape }]);
    return parseSafetensorsHeader(bytesOf(Object.fromEntries(entries)), 1e9).network;
  };
  const key = (block: string) => `lora_unet_${block}_attn2_to_k.lora_down.weight`;
  assert.deepEqual(shapeOf({ [key("down_0")]: [8, 768] }), {
    type: "lora",
    rank: 8,
    baseModel: "SD 1.5",
  });
  assert.equal(shapeOf({ [key("down_0")]: [8, 1024] }).baseModel, "SD 2.1");
  assert.equal(shapeOf({ [key("down_0")]: [8, 2048] }).baseModel, "SDXL 1.0");
  assert.deepEqual(shapeOf({ "lora_unet_conv.lora_down.weight": [4, 320, 3, 3] }).type, "locon");
  assert.equal(shapeOf({ "a.hada_w1_a": [320, 6] }).rank, 6);
  assert.equal(shapeOf({ "a.lokr_w1": [4, 4] }).type, "lokr");
  assert.equal(shapeOf({ [key("a")]: [8, 768], "a.dora_scale": [1, 9] }).type, "dora");
  const flux = { "transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight": [16, 3072] };
  assert.deepEqual(shapeOf(flux), { type: "lora", rank: 16, baseModel: "Flux.1 D" });
  assert.equal(
    shapeOf({ "lora_unet_double_blocks_19_img_mod.lora_down.weight": [4, 9] }).baseModel,
    "Hunyuan Video",
  );
  assert.equal(shapeOf({ "model.diffusion_model.out.weight": [4] }).type, "checkpoint");
});

Deno.test("detectFileFormat() decides by magic numbers, and needs nine bytes at most", () => {
  const file = safetensorsFile(safetensorsJson({}));
  assert.equal(detectFileFormat(file.subarray(0, 9)), "safetensors");
  assert.equal(detectFileFormat(new Uint8Array([0x80, 0x04, 0x95])), "pickle");
  assert.equal(detectFileFormat(bytesOf("PK\x03\x04")), "zip");
  assert.equal(detectFileFormat(bytesOf("GGUF")), "gguf");
  assert.equal(detectFileFormat(bytesOf("hello there")), "unknown");
  assert.equal(detectFileFormat(new Uint8Array()), "unknown");
});
