import type { PainterName } from "./paint/painters/mod.ts";

/** The sidecar formats found beside real LoRA files; see lib/importer/formats. */
export type SidecarFormat =
  | "civitai_model"
  | "civitai_info"
  | "lora_manager"
  | "stability_matrix"
  | "rgthree"
  | "swarm"
  | "a1111"
  | "text"
  | "broken"
  | "empty_info";

export type Shape = "2:3" | "3:4" | "1:1" | "16:9" | "4:5";

export interface Picture {
  painter: PainterName;
  palette: string[];
  shape: Shape;
  /** What follows the stem in the file's name; "header": inside the model file as well as nowhere else. */
  as: ".png" | ".jpg" | ".webp" | ".preview.png" | ".preview.webp" | ".preview.jpg" | "header";
}

/** One LoRA of the demo library. Everything about it is invented. */
export interface Lora {
  /** Path in the library. */
  file: string;
  name: string;
  version: string;
  /** Versions of the same model that are not in the library, newest first; their sidecar lists them all. */
  otherVersions?: string[];
  base: "SD 1.5" | "SDXL 1.0" | "Pony" | "Illustrious" | "Flux.1 D";
  author: string;
  tags: string[];
  /** Trained words. */
  words: string[];
  /** One or two sentences; the HTML around them is made from the other fields. */
  about: string;
  /** Civitai's content level: 1 PG, 2 PG-13, 4 R, 8 X. */
  level: 1 | 2 | 4 | 8;
  downloads: number;
  /** Day of publication. */
  published: string;
  weight?: number;
  sidecars: SidecarFormat[];
  picture?: Picture;
  /** "missing": sidecars and picture only; "pickle": an old file format; "cut": a download that broke off. */
  kind?: "missing" | "pickle" | "cut";
  /** Writes exactly the bytes of this other file. */
  copyOf?: string;
  /** Leaves kohya's training notes out of the header. */
  bare?: boolean;
}
