import assert from "node:assert/strict";
import { basename, join } from "node:path";
import type { SidecarFormat } from "@/demo/lora.ts";
import { LORAS } from "@/demo/loras/mod.ts";
import { PAINTERS } from "@/demo/paint/painters/mod.ts";
import { render } from "@/demo/paint/render.ts";
import { Scene } from "@/demo/paint/scene.ts";
import { makeSafetensors } from "@/demo/safetensors.ts";
import { makeSidecars } from "@/demo/sidecars.ts";
import type { SidecarKind } from "@/lib/importer/facts.ts";
import { embeddedCover } from "@/lib/importer/formats/cover.ts";
import { detectSidecar } from "@/lib/importer/formats/detect.ts";
import { readSafetensorsHeader } from "@/lib/importer/header.ts";

const KINDS: Partial<Record<SidecarFormat, SidecarKind>> = {
  civitai_model: "civitai_model",
  civitai_info: "civitai_version",
  lora_manager: "lora_manager",
  stability_matrix: "stability_matrix",
  rgthree: "rgthree",
  swarm: "swarm",
};

Deno.test("makeSafetensors() writes files whose header the importer reads, cover included", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const cover = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    for (const lora of LORAS.filter(({ kind, bare }) => !kind && !bare)) {
      const path = join(folder, "model.safetensors");
      await Deno.writeFile(path, makeSafetensors(lora, cover));
      const { metadata } = await readSafetensorsHeader(path);
      assert.equal(metadata.ss_output_name, basename(lora.file).replace(/\.[^.]*$/, ""));
      assert.deepEqual(embeddedCover(metadata)?.bytes, cover);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("makeSidecars() covers every format, and the importer recognises each", () => {
  const seen = new Set<SidecarFormat>();
  for (const lora of LORAS) {
    const sidecars = makeSidecars(lora, makeSafetensors(lora));
    lora.sidecars.forEach((format, index) => {
      seen.add(format);
      const { name, content } = sidecars[index]!;
      const kind = KINDS[format];
      if (kind) assert.equal(detectSidecar(name, JSON.parse(content)), kind, `${name} (${format})`);
    });
  }
  const all: Record<SidecarFormat, true> = {
    civitai_model: true,
    civitai_info: true,
    lora_manager: true,
    stability_matrix: true,
    rgthree: true,
    swarm: true,
    a1111: true,
    text: true,
    broken: true,
    empty_info: true,
  };
  assert.deepEqual([...seen].sort(), Object.keys(all).sort());
});

Deno.test("LORAS names each file once and copies only files it has", () => {
  const files = LORAS.map(({ file }) => file);
  assert.equal(new Set(files).size, files.length);
  for (const { copyOf } of LORAS) if (copyOf) assert.ok(files.includes(copyOf), copyOf);
});

Deno.test("PAINTERS paint the same picture from the same seed, and another from another", async () => {
  const palettes = new Map(
    LORAS.flatMap(({ picture }) => picture ? [[picture.painter, picture.palette] as const] : []),
  );
  for (const [name, painter] of Object.entries(PAINTERS)) {
    const palette = palettes.get(name as keyof typeof PAINTERS);
    assert.ok(palette, `no entry uses ${name}`);
    const paint = async (seed: string) => {
      const image = await render(painter(new Scene(192, 256, palette, seed)), 192, 256);
      const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, info.channels], [192, 256, 3], name);
      return data;
    };
    const [first, same, other] = [await paint("a"), await paint("a"), await paint("b")];
    assert.ok(first.equals(same), `${name} is not the same twice`);
    assert.ok(!first.equals(other), `${name} ignores its seed`);
  }
});
