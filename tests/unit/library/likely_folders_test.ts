import assert from "node:assert/strict";
import { join } from "node:path";
import { likelyFolders } from "@/lib/library/likely_folders.ts";

async function withHome(use: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  try {
    await use(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

async function fill(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await Deno.mkdir(join(folder, file, ".."), { recursive: true });
    await Deno.writeTextFile(join(folder, file), "");
  }
}

Deno.test("likelyFolders() counts models below the usual places, fullest first", () =>
  withHome(async (home) => {
    await fill(join(home, "ComfyUI/models/loras"), ["a.safetensors"]);
    await fill(join(home, "sdnext/models/Lora"), ["a.PT", "styles/b.safetensors", "b.json"]);
    await fill(join(home, "elsewhere"), ["c.safetensors"]);
    assert.deepEqual(await likelyFolders([home]), [
      { path: join(home, "sdnext/models/Lora"), files: 2, isMore: false },
      { path: join(home, "ComfyUI/models/loras"), files: 1, isMore: false },
    ]);
  }));

Deno.test("likelyFolders() lists a linked folder once, by its real path", () =>
  withHome(async (home) => {
    await fill(join(home, "loras"), ["a.safetensors"]);
    await Deno.mkdir(join(home, "ComfyUI/models"), { recursive: true });
    await Deno.symlink(join(home, "loras"), join(home, "ComfyUI/models/loras"));
    const found = await likelyFolders([home]);
    assert.deepEqual(found.map(({ path }) => path), [join(home, "loras")]);
  }));

Deno.test("likelyFolders() leaves out what is no folder", () =>
  withHome(async (home) => {
    await Deno.writeTextFile(join(home, "loras"), "");
    assert.deepEqual(await likelyFolders([home]), []);
  }));
