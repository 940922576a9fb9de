import assert from "node:assert/strict";
import { Conflict, Invalid, NotFound } from "@/lib/errors.ts";
import { Library } from "@/lib/library/service.ts";
import { forEachDatabase } from "../../support/database.ts";
import { LibraryFolder } from "../../support/library_folder.ts";

forEachDatabase(
  "Library.addRoot() keeps roots apart, also when asked twice at once",
  async (_t, { db }) => {
    await using folder = await LibraryFolder.make();
    await folder.write("inner/a.txt", "");
    await Deno.symlink(folder.path, `${folder.path}-link`);
    const library = new Library({ db });
    const attempts = await Promise.allSettled([
      library.addRoot(folder.path),
      library.addRoot(`${folder.path}/inner`),
      library.addRoot(`${folder.path}-link`),
    ]);
    assert.equal(attempts.filter(({ status }) => status === "fulfilled").length, 1);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") assert.ok(attempt.reason instanceof Conflict);
    }
    assert.equal((await library.roots()).length, 1);
  },
);

forEachDatabase(
  "Library.removeRoot() keeps records, and addRoot() brings them back",
  async (_t, { db }) => {
    await using folder = await LibraryFolder.make();
    const library = new Library({ db });
    const { id } = await library.addRoot(folder.path, "first");
    await db.insertInto("adapter")
      .values({ id: crypto.randomUUID(), root_id: id, file_path: "a.safetensors", name: "a" })
      .execute();
    await library.removeRoot(id);
    await assert.rejects(library.removeRoot(id), NotFound);
    await assert.rejects(library.root(id), NotFound);
    assert.deepEqual(await library.roots(), []);
    assert.equal((await db.selectFrom("adapter").select("id").execute()).length, 1);
    const back = await library.addRoot(folder.path, "second");
    assert.deepEqual([back.id, back.label], [id, "second"]);
    assert.equal((await library.roots())[0]!.adapters, 1);
  },
);

forEachDatabase("Library.roots() says which roots are absent", async (_t, { db }) => {
  await using folder = await LibraryFolder.make();
  const library = new Library({ db });
  await library.addRoot(folder.path);
  const plugIn = await folder.unplug();
  const [absent] = await library.roots();
  assert.deepEqual([absent!.available, absent!.problem], [false, `${folder.path} does not exist`]);
  await plugIn();
  assert.equal((await library.roots())[0]!.problem, null);
});

forEachDatabase(
  "Library.locate() finds the root of a path and refuses all else",
  async (_t, { db }) => {
    await using folder = await LibraryFolder.make();
    await using outside = await LibraryFolder.make();
    await folder.write("sub/a.safetensors", "");
    await outside.write("secret", "");
    await Deno.symlink(outside.path, `${folder.path}/escape`);
    await Deno.symlink(`${folder.path}/nowhere`, `${folder.path}/broken`);
    const library = new Library({ db });
    const root = await library.addRoot(folder.path);
    const located = async (path: string) => {
      const { root: found, relPath } = await library.locate(path);
      assert.equal(found.id, root.id);
      return relPath;
    };
    assert.equal(await located(folder.path), "");
    assert.equal(await located(`${folder.path}/sub/a.safetensors`), "sub/a.safetensors");
    assert.equal(await located(`${folder.path}/sub/../sub/not yet/b.pt`), "sub/not yet/b.pt");
    const refused = [
      outside.path,
      `${folder.path}/../x`,
      `${folder.path}-private/x`,
      `${folder.path}/escape/secret`,
      `${folder.path}/escape/new file`,
      `${folder.path}/broken`,
      `${folder.path}/a\0b`,
      "sub/a.safetensors",
      "",
    ];
    for (const path of refused) await assert.rejects(library.locate(path), Invalid, path);
  },
);

forEachDatabase(
  "Library.ensureRoots() adds what is new and names what it cannot",
  async (_t, { db }) => {
    await using folder = await LibraryFolder.make();
    const library = new Library({ db });
    assert.deepEqual(await library.ensureRoots([folder.path]), []);
    const problems = await library.ensureRoots([folder.path, `${folder.path}/absent`, "/"]);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /contains the library root/);
    assert.equal((await library.roots()).length, 1);
  },
);
