import assert from "node:assert/strict";
import sharp from "sharp";
import { NotFound } from "@/lib/errors.ts";
import { forEachDatabase } from "../../support/database.ts";
import { ImportRig } from "../../support/import_rig.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

const ANYBODY = { nsfwMax: 63 };

async function picture(width: number, height: number, format: "png" | "jpeg" | "webp" | "gif") {
  const background = { r: 200, g: 40, b: 90 };
  const image = sharp({ create: { width, height, channels: 3, background } });
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

async function sizeOf(path: string): Promise<string> {
  const { format, width, height, pages } = await sharp(path).metadata();
  return `${format} ${width}x${height}${pages ? ` ${pages} pages` : ""}`;
}

forEachDatabase(
  "previews are found, measured and shrunk, from files and from headers",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("file.safetensors", {}, "1");
    await folder.write("file.preview.png", await picture(900, 1200, "png"));
    const cover = new Uint8Array(await picture(300, 400, "jpeg")).toBase64();
    await folder.writeModel("cover.safetensors", {
      "modelspec.thumbnail": `data:image/jpeg;base64,${cover}`,
    }, "2");
    await folder.writeModel("none.safetensors", {}, "3");
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await rig.import();
    await rig.idle();

    const { preview, id } = await rig.adapter("file.safetensors");
    assert.deepEqual(
      [preview!.source, preview!.kind, preview!.path, preview!.width, preview!.height],
      ["file", "image", "file.preview.png", 900, 1200],
    );
    assert.match(preview!.hash, /^[0-9a-f]{64}$/);
    assert.ok(Uint8Array.fromBase64(preview!.thumbhash!).length > 5);
    const shown = await rig.previews.thumbnail(id, 300, ANYBODY);
    assert.equal(await sizeOf(shown.path), "webp 320x427");
    assert.equal(
      shown.path,
      `${rig.dataDir}/thumbs/${preview!.hash.slice(0, 2)}/${preview!.hash}-320.webp`,
    );
    const before = await Deno.stat(shown.path);
    const again = await Promise.all([1, 2, 3].map(() => rig.previews.thumbnail(id, 320, ANYBODY)));
    assert.ok(again.every(({ path, etag }) => path === shown.path && etag === shown.etag));
    assert.equal((await Deno.stat(shown.path)).ino, before.ino, "it is made once");

    const covered = await rig.adapter("cover.safetensors");
    assert.deepEqual([covered.preview!.source, covered.preview!.width], ["header", 300]);
    const fromHeader = await rig.previews.thumbnail(covered.id, 128, ANYBODY);
    assert.equal(await sizeOf(fromHeader.path), "webp 128x171");

    const none = await rig.adapter("none.safetensors");
    assert.equal(none.preview, null);
    const generated = await rig.previews.thumbnail(none.id, 256, ANYBODY);
    assert.deepEqual([generated.isReal, await sizeOf(generated.path)], [false, "webp 256x320"]);
  },
);

forEachDatabase(
  "a preview that cannot be trusted is replaced by a generated picture",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>`;
    const png = await picture(40, 40, "png");
    const huge = new Uint8Array(png);
    new DataView(huge.buffer).setUint32(16, 60_000);
    new DataView(huge.buffer).setUint32(20, 60_000);
    const hostile: [string, Uint8Array | string][] = [
      ["svg.png", svg],
      ["huge.png", huge],
      ["cut.png", png.subarray(0, png.length / 2)],
      ["text.jpg", "no picture at all"],
      ["empty.webp", ""],
    ];
    for (const [name, content] of hostile) {
      await folder.writeModel(name.replace(/\.\w+$/, ".safetensors"), {}, name);
      await folder.write(name, content);
    }
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await rig.import();
    const early = await rig.adapter("svg.safetensors");
    assert.equal((await rig.previews.thumbnail(early.id, 64, ANYBODY)).isReal, false);
    const jobs = await rig.idle();
    assert.deepEqual(jobs.find(({ kind }) => kind === "preview")?.result, {
      measured: 0,
      failed: 5,
    });
    for (const { id, preview, file_path } of await rig.adapters()) {
      assert.equal(preview, null, file_path);
      assert.equal((await rig.previews.thumbnail(id, 64, ANYBODY)).isReal, false);
    }
  },
);

forEachDatabase(
  "animations show their first frame, and films are never decoded",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    const frames = new Uint8Array(
      await sharp([await picture(60, 80, "png"), await picture(60, 80, "png")], {
        join: { animated: true },
      })
        .gif().toBuffer(),
    );
    await folder.writeModel("moving.safetensors", {}, "1");
    await folder.write("moving.gif", frames);
    await folder.writeModel("film.safetensors", {}, "2");
    const mp4 = new TextEncoder().encode("\0\0\0\x18ftypmp42 no film inside");
    await folder.write("film.mp4", mp4);
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await rig.import();
    await rig.idle();
    const moving = await rig.adapter("moving.safetensors");
    const still = await rig.previews.thumbnail(moving.id, 64, ANYBODY);
    assert.deepEqual([still.isReal, await sizeOf(still.path)], [true, "webp 60x80"]);
    const film = await rig.adapter("film.safetensors");
    assert.equal(film.preview!.kind, "video");
    assert.equal((await rig.previews.thumbnail(film.id, 64, ANYBODY)).isReal, false);
    const original = await rig.previews.original(film.id, ANYBODY);
    assert.deepEqual([original.mediaType, original.sizeBytes], ["video/mp4", mp4.length]);
    original.file.close();
  },
);

forEachDatabase(
  "Previews.thumbnail() hides what the viewer may not see, and what is not there",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("a.safetensors");
    await folder.write("a.png", await picture(20, 20, "png"));
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await rig.import();
    await rig.idle();
    const { id } = await rig.adapter("a.safetensors");
    await rig.db.updateTable("adapter").set({ nsfw_level: 8 }).execute();
    await assert.rejects(rig.previews.thumbnail(id, 64, { nsfwMax: 4 }), NotFound);
    await assert.rejects(rig.previews.original(id, { nsfwMax: 4 }), NotFound);
    await assert.rejects(rig.previews.thumbnail(crypto.randomUUID(), 64, ANYBODY), NotFound);
    assert.ok((await rig.previews.thumbnail(id, 64, ANYBODY)).isReal);
    const root = (await rig.library.roots())[0]!;
    await rig.library.removeRoot(root.id);
    assert.equal((await rig.previews.thumbnail(id, 64, ANYBODY)).isReal, false);
    await assert.rejects(rig.previews.original(id, ANYBODY), NotFound);
    await rig.library.addRoot(folder.path);
    await folder.remove("a.png");
    assert.ok((await rig.previews.thumbnail(id, 64, ANYBODY)).isReal, "from the stored thumbnail");
    assert.equal((await rig.previews.thumbnail(id, 1024, ANYBODY)).isReal, false);
  },
);

forEachDatabase(
  "a changed preview is measured again, an unchanged one is not",
  async (_t, open) => {
    await using folder = await LibraryFolder.make();
    await folder.writeModel("a.safetensors");
    await folder.write("a.png", await picture(20, 20, "png"));
    await using rig = await ImportRig.start(open);
    await rig.library.addRoot(folder.path);
    await rig.import();
    await rig.idle();
    const { preview } = await rig.adapter("a.safetensors");
    await folder.write("a.json", { "activation text": "x" });
    await rig.import();
    assert.deepEqual((await rig.adapter("a.safetensors")).preview, preview);
    await folder.write("a.png", await picture(50, 30, "png"));
    await rig.import();
    await rig.idle();
    assert.equal((await rig.adapter("a.safetensors")).preview!.width, 50);
  },
);
