import { describeAdapter } from "@/lib/importer/describe.ts";
import type { AdapterFacts, DescribeInput } from "@/lib/importer/facts.ts";
import { parseSafetensorsHeader } from "@/lib/importer/header.ts";

/** Documents in the shapes of the real tools, made by our own hand. */
type Json = Record<string, unknown>;

export const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A hash with nothing behind it but the digit it is made of. */
export const hash = (digit: string, length = 64) => digit.repeat(length);

export function civitaiFile(fields: Json = {}): Json {
  return {
    name: "neon_rain_v2.safetensors",
    id: 11,
    sizeKB: 1024.5,
    type: "Model",
    metadata: { fp: "fp16", size: "full", format: "SafeTensor" },
    pickleScanResult: "Success",
    virusScanResult: "Success",
    hashes: {
      AutoV1: "1A2B3C4D",
      AutoV2: hash("A", 10),
      AutoV3: hash("B", 12),
      SHA256: hash("A"),
      CRC32: "CAFEBABE",
      BLAKE3: hash("C"),
    },
    downloadUrl: "https://civitai.example/api/download/models/22",
    primary: true,
    ...fields,
  };
}

export function civitaiVersion(fields: Json = {}): Json {
  return {
    id: 22,
    modelId: 33,
    name: "v2.0",
    createdAt: "2024-02-01T08:00:00.000Z",
    publishedAt: "2024-02-03T10:00:00.000Z",
    trainedWords: ["neon rain"],
    baseModel: "SDXL 1.0",
    description: "<p>Trained again from scratch.</p>",
    stats: { downloadCount: 7, ratingCount: 1, rating: 5 },
    nsfwLevel: 1,
    supportsGeneration: true,
    air: "urn:air:sdxl:lora:civitai:33@22",
    files: [civitaiFile()],
    images: [{
      url: "https://image.civitai.example/1.jpeg",
      nsfwLevel: 1,
      width: 512,
      height: 768,
      type: "image",
      meta: { prompt: "neon rain, street", seed: 5, comfy: "x".repeat(50_000) },
    }],
    downloadUrl: "https://civitai.example/api/download/models/22",
    ...fields,
  };
}

export function civitaiModel(fields: Json = {}): Json {
  return {
    id: 33,
    name: "Neon Rain",
    description: "<p>Rainy neon <strong>streets</strong> at night.</p>",
    type: "LORA",
    nsfw: false,
    nsfwLevel: 3,
    allowCommercialUse: ["Image", "Sell"],
    stats: { downloadCount: 90, favoriteCount: 9, rating: 4.5 },
    creator: { username: "ada", image: "https://image.civitai.example/ada.png" },
    tags: ["style", "neon"],
    modelVersions: [civitaiVersion()],
    ...fields,
  };
}

/** The version document of Civitai Helper: a version with a little of its model. */
export const civitaiInfo = (fields: Json = {}) =>
  civitaiVersion({
    model: { name: "Neon Rain", type: "LORA", nsfw: false, poi: false },
    ...fields,
  });

export function safetensorsJson(metadata: Json | undefined, tensors: Json = {}): Uint8Array {
  const all = Object.keys(tensors).length ? tensors : {
    "lora_unet_mid.lora_down.weight": { dtype: "F16", shape: [16, 768], data_offsets: [0, 24576] },
  };
  return bytesOf(metadata ? { __metadata__: metadata, ...all } : all);
}

/** A whole file: prefix, JSON and as many zero bytes as the tensors need. */
export function safetensorsFile(json: Uint8Array, tensorBytes = 24576): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(8 + json.length + tensorBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

/** Metadata as trainers write it: values that are objects become JSON inside the string. */
export function header(metadata: Json, tensors?: Json) {
  const stored = Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const json = safetensorsJson(stored, tensors);
  return parseSafetensorsHeader(json, 8 + json.length + 10_000_000);
}

interface Beside {
  model?: Partial<NonNullable<DescribeInput["model"]>> | null;
  stem?: string;
}

/** Describes a model named `neon_rain_v2` with these files beside it, by file name. */
export function describe(sidecars: Record<string, unknown>, beside: Beside = {}): AdapterFacts {
  const stem = beside.stem ?? "neon_rain_v2";
  return describeAdapter({
    model: beside.model === null ? null : {
      fileName: `${stem}.safetensors`,
      sizeBytes: 1024.5 * 1024,
      header: null,
      hashes: {},
      ...beside.model,
    },
    stem,
    sidecars: Object.entries(sidecars).map(([fileName, content]) => ({
      fileName,
      bytes: content instanceof Uint8Array ? content : bytesOf(content),
    })),
  });
}
