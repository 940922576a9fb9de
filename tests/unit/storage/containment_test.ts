import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { Invalid } from "@/lib/errors.ts";
import {
  isInside,
  openInside,
  openInsideSync,
  resolveInside,
  splitRelative,
} from "@/lib/storage/containment.ts";

const SECRET = "outside";

/** A root with ordinary files and every kind of link that tries to leave it. */
async function makeTrap() {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  const root = join(dir, "root");
  await Deno.mkdir(join(root, "sub", "deep"), { recursive: true });
  await Deno.mkdir(join(dir, "root-private"));
  for (const name of ["a.safetensors", "sub/b.safetensors", "sub/deep/c.safetensors", "%2e%2e"]) {
    await Deno.writeTextFile(join(root, name), "inside");
  }
  await Deno.writeTextFile(join(root, "caf\u00e9.safetensors"), "inside");
  await Deno.writeTextFile(join(root, "cafe\u0301.safetensors"), "inside");
  await Deno.writeTextFile(join(dir, "secret"), SECRET);
  await Deno.writeTextFile(join(dir, "root-private", "secret"), SECRET);
  await Deno.symlink(dir, join(root, "up"));
  await Deno.symlink("../secret", join(root, "link"));
  await Deno.symlink(join(dir, "root-private"), join(root, "sub", "sibling"));
  await Deno.symlink("a.safetensors", join(root, "alias"));
  await Deno.symlink("loop2", join(root, "loop1"));
  await Deno.symlink("loop1", join(root, "loop2"));
  await Deno.symlink(".", join(root, "self"));
  return { dir, root, [Symbol.asyncDispose]: () => Deno.remove(dir, { recursive: true }) };
}

const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("sub", "deep", "up", "self", "root", "sibling") },
  {
    weight: 6,
    arbitrary: fc.constantFrom("..", ".", "", "%2e%2e", "%2e.", "..%2f", "\u2024\u2024"),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "secret",
      "link",
      "alias",
      "loop1",
      "a.safetensors",
      "b.safetensors",
      "c.safetensors",
      "caf\u00e9.safetensors",
      "cafe\u0301.safetensors",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("secret\0", "\0", "C:", "\\\\host\\share", "..\\..", "~"),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: "binary" }) },
);
const paths = fc.tuple(
  fc.constantFrom("", "", "", "", "", "", "/", "//", "\\\\", "C:/", "file://", "./"),
  fc.array(segment, { minLength: 1, maxLength: 4 }),
).map(([prefix, segments]) => prefix + segments.join("/"));

Deno.test("openInsideSync() reads nothing outside its root on 10,000 hostile paths", async () => {
  await using trap = await makeTrap();
  let opened = 0;
  fc.assert(
    fc.property(paths, (path) => {
      let found;
      try {
        found = openInsideSync(trap.root, path);
      } catch {
        return;
      }
      using file = found.file;
      const bytes = new Uint8Array(16);
      const text = new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
      assert.equal(text, "inside", path);
      assert.ok(isInside(trap.root, found.path), path);
      opened++;
    }),
    { numRuns: 10_000 },
  );
  assert.ok(opened > 50, `only ${opened} of the paths named a file, so the test shows little`);
});

Deno.test("openInside() and resolveInside() agree with it", async () => {
  await using trap = await makeTrap();
  await fc.assert(
    fc.asyncProperty(paths, async (path) => {
      const real = await resolveInside(trap.root, path).catch(() => null);
      const found = await openInside(trap.root, path).catch(() => null);
      found?.file.close();
      if (found) assert.equal(found.path, real);
      if (real) assert.ok(isInside(trap.root, real), path);
    }),
    { numRuns: 500 },
  );
});

Deno.test("openInside() names a link that leads out as such", async () => {
  await using trap = await makeTrap();
  for (const path of ["link", "up/secret", "sub/sibling/secret"]) {
    await assert.rejects(openInside(trap.root, path), (error) => {
      assert.ok(error instanceof Invalid);
      assert.match(error.message, /outside its library root/);
      return true;
    });
  }
});

Deno.test("openInsideSync() never reads a file that a link exchanges for one outside", async () => {
  await using trap = await makeTrap();
  const victim = join(trap.root, "victim");
  const code = `
    const [victim, secret] = Deno.args;
    console.log("ready");
    for (;;) {
      try { Deno.writeTextFileSync(victim + ".in", "inside"); Deno.renameSync(victim + ".in", victim);
        Deno.symlinkSync(secret, victim + ".out"); Deno.renameSync(victim + ".out", victim); } catch {}
    }`;
  const script = join(trap.dir, "racer.ts");
  await Deno.writeTextFile(script, code);
  await using racer = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-read",
      "--allow-write",
      "--no-config",
      script,
      victim,
      join(trap.dir, "secret"),
    ],
    stdout: "piped",
  }).spawn();
  const reader = racer.stdout.getReader();
  await reader.read();
  let read = 0;
  let refused = 0;
  for (let tries = 0; tries < 200_000 && (read < 300 || refused < 300); tries++) {
    try {
      const { file } = openInsideSync(trap.root, "victim");
      using _ = file;
      const bytes = new Uint8Array(16);
      const text = new TextDecoder().decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
      assert.equal(text, "inside");
      read++;
    } catch (error) {
      if (!(error instanceof Invalid || error instanceof Deno.errors.NotFound)) throw error;
      refused++;
    }
  }
  await reader.cancel();
  racer.kill("SIGKILL");
  assert.ok(read > 0 && refused > 0, `read ${read}, refused ${refused}`);
});

Deno.test("openInside() refuses a folder and a pipe without waiting for a writer", async () => {
  await using trap = await makeTrap();
  await assert.rejects(openInside(trap.root, "sub"), Invalid);
  if (Deno.build.os === "windows") return;
  const made = await new Deno.Command("mkfifo", { args: [join(trap.root, "pipe")] }).output();
  assert.ok(made.success);
  await assert.rejects(openInside(trap.root, "pipe"), Invalid);
});

Deno.test("isInside() compares whole segments", () => {
  assert.ok(isInside("/loras", "/loras"));
  assert.ok(isInside("/loras", "/loras/a"));
  assert.ok(isInside("/", "/loras"));
  assert.ok(!isInside("/loras", "/loras-private/a"));
  assert.ok(!isInside("/loras/a", "/loras"));
});

Deno.test("splitRelative() decodes nothing", () => {
  assert.deepEqual(splitRelative("%2e%2e/a"), ["%2e%2e", "a"]);
  for (const path of ["", "/a", "a//b", "a/./b", "../a", "a\\b", "a\0", "a\n"]) {
    assert.throws(() => splitRelative(path), Invalid, JSON.stringify(path));
  }
});
