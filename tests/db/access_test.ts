import assert from "node:assert/strict";
import { Access, ExposedWithoutKey } from "@/lib/access/service.ts";
import type { Viewer } from "@/lib/access/viewer.ts";
import { loadConfig } from "@/lib/config.ts";
import type { Db } from "@/lib/db/schema.ts";
import { Conflict, Forbidden, NotFound, Unauthorized } from "@/lib/errors.ts";
import { Settings } from "@/lib/settings/service.ts";
import { forEachDatabase } from "../support/database.ts";

const CLIENT = { ip: "203.0.113.9", secure: true };
const LOCAL: Viewer = { kind: "local", role: "admin", keyId: null, nsfwMax: 32, nsfwBlurFrom: 4 };

async function openAccess(db: Db, env: Record<string, string> = {}): Promise<Access> {
  const access = new Access({ db, config: loadConfig(env), settings: new Settings({ db }) });
  await access.start();
  return access;
}

async function whoIs(access: Access, headers: Record<string, string>): Promise<Viewer> {
  const request = new Request("http://localhost/", { headers });
  return (await access.authenticate(request, CLIENT)).viewer;
}

const withCookie = (setCookie: string) => ({ cookie: setCookie.split(";")[0]! });

forEachDatabase(
  "Keys.create() gives a key that works, and stores nothing that does",
  async (_, { db }) => {
    const access = await openAccess(db);
    const { key, record } = await access.keys.create({ name: "me", role: "admin" }, LOCAL);
    assert.match(key, /^lm_[A-Za-z0-9_-]{43}$/);
    assert.equal((await whoIs(access, { "x-api-key": key })).keyId, record.id);
    assert.equal((await whoIs(access, { authorization: `Bearer ${key}` })).role, "admin");
    const cookie = await access.signIn(key, CLIENT);
    const stored = JSON.stringify([
      await db.selectFrom("api_key").selectAll().execute(),
      await db.selectFrom("session").selectAll().execute(),
    ]);
    assert.ok(!stored.includes(key.slice(7)));
    assert.ok(!stored.includes(cookie.split(/[=;]/)[1]!));
    assert.ok(!JSON.stringify(await access.keys.list()).includes(key.slice(7)));
  },
);

forEachDatabase("Keys.create() refuses a key wider than its maker", async (_, { db }) => {
  const access = await openAccess(db);
  const soon = new Date(Date.now() + 60_000).toISOString();
  const later = new Date(Date.now() + 120_000).toISOString();
  const fields = { name: "narrow", role: "admin", nsfw_max: 4, expires_at: soon } as const;
  const { key } = await access.keys.create(fields, LOCAL);
  const maker = await whoIs(access, { "x-api-key": key });
  const wider = [
    { ...fields, nsfw_max: 8 },
    { ...fields, nsfw_max: null },
    { ...fields, expires_at: later },
    { ...fields, expires_at: null },
  ];
  for (const each of wider) await assert.rejects(access.keys.create(each, maker), Forbidden);
  const writer: Viewer = { ...maker, role: "write" };
  await assert.rejects(access.keys.create(fields, writer), Forbidden);
  const { record } = await access.keys.create({ ...fields, role: "read", nsfw_max: 1 }, maker);
  assert.equal(record.nsfw_max, 1);
});

forEachDatabase(
  "Keys.create() makes an admin key first, so that nobody is locked out",
  async (_, { db }) => {
    const access = await openAccess(db);
    await assert.rejects(access.keys.create({ name: "x", role: "read" }, LOCAL), Conflict);
    assert.equal(await access.isOpen(), true);
    await access.keys.create({ name: "x", role: "admin" }, LOCAL);
    assert.equal(await access.isOpen(), false);
  },
);

forEachDatabase(
  "Keys.revoke() ends the key and its sessions with the next request",
  async (_, { db }) => {
    const access = await openAccess(db);
    await access.keys.create({ name: "owner", role: "admin" }, LOCAL);
    const { key, record } = await access.keys.create({ name: "guest", role: "read" }, LOCAL);
    const cookie = await access.signIn(key, CLIENT);
    assert.equal((await whoIs(access, { "x-api-key": key })).kind, "key");
    assert.equal((await whoIs(access, withCookie(cookie))).kind, "session");

    await access.keys.revoke(record.id);
    await assert.rejects(whoIs(access, { "x-api-key": key }), Unauthorized);
    assert.equal((await whoIs(access, withCookie(cookie))).kind, "anonymous");
    assert.deepEqual(await db.selectFrom("session").selectAll().execute(), []);
    await access.keys.revoke(record.id);
    await assert.rejects(access.keys.revoke(crypto.randomUUID()), NotFound);
  },
);

forEachDatabase(
  "Keys.revoke() keeps the last admin key while others depend on it",
  async (_, { db }) => {
    const access = await openAccess(db);
    const admin = await access.keys.create({ name: "admin", role: "admin" }, LOCAL);
    const reader = await access.keys.create({ name: "reader", role: "read" }, LOCAL);
    await assert.rejects(access.keys.revoke(admin.record.id), Conflict);
    await access.keys.revoke(reader.record.id);
    await access.keys.revoke(admin.record.id);
    assert.equal(await access.isOpen(), true);
  },
);

forEachDatabase(
  "An expired key is refused, its session ends, and the server stays closed",
  async (_, { db }) => {
    const access = await openAccess(db);
    const { key, record } = await access.keys.create({ name: "x", role: "admin" }, LOCAL);
    const cookie = await access.signIn(key, CLIENT);
    await db.updateTable("api_key").set({ expires_at: new Date(Date.now() - 1) })
      .where("id", "=", record.id).execute();
    const fresh = await openAccess(db);
    await assert.rejects(whoIs(fresh, { "x-api-key": key }), Unauthorized);
    assert.equal((await whoIs(fresh, withCookie(cookie))).kind, "anonymous");
    assert.equal(await fresh.isOpen(), false);
  },
);

forEachDatabase(
  "LM_API_KEYS work at once, cannot be revoked by a call, and end when removed",
  async (_, { db }) => {
    const env = { LM_API_KEYS: "admin:first-key-of-env,read:second-key-of-env" };
    const access = await openAccess(db, env);
    assert.equal((await whoIs(access, { "x-api-key": "second-key-of-env" })).role, "read");
    const [listed] = await access.keys.list();
    assert.equal(listed!.source, "environment");
    assert.equal(listed!.prefix, "");
    await assert.rejects(access.keys.revoke(listed!.id), Conflict);

    const later = await openAccess(db, { LM_API_KEYS: "read:first-key-of-env" });
    assert.equal((await whoIs(later, { "x-api-key": "first-key-of-env" })).role, "read");
    await assert.rejects(whoIs(later, { "x-api-key": "second-key-of-env" }), Unauthorized);
  },
);

forEachDatabase(
  "Sessions slide while they are used, and only then ask for a new cookie",
  async (_, { db }) => {
    const access = await openAccess(db, { LM_API_KEYS: "admin:first-key-of-env" });
    const cookie = await access.signIn("first-key-of-env", CLIENT);
    assert.match(cookie, /; HttpOnly; SameSite=Lax; .*; Secure$/);
    const ask = async () => {
      const request = new Request("http://localhost/", { headers: withCookie(cookie) });
      access.sessions.forget();
      return await access.authenticate(request, CLIENT);
    };
    assert.equal((await ask()).cookie, null);
    const inAWeek = new Date(Date.now() + 7 * 86_400_000);
    await db.updateTable("session").set({ expires_at: inAWeek }).execute();
    assert.match((await ask()).cookie ?? "", /^lm_session=/);
    const { expires_at } = await db.selectFrom("session").select("expires_at")
      .executeTakeFirstOrThrow();
    assert.ok(expires_at > inAWeek);
    await db.updateTable("session").set({ expires_at: new Date(Date.now() - 1) }).execute();
    assert.equal((await ask()).viewer.kind, "anonymous");
  },
);

forEachDatabase("Access.signOut() ends the session on the server too", async (_, { db }) => {
  const access = await openAccess(db, { LM_API_KEYS: "admin:first-key-of-env" });
  const headers = withCookie(await access.signIn("first-key-of-env", CLIENT));
  const request = new Request("http://localhost/", { headers });
  assert.match(await access.signOut(request, CLIENT), /^lm_session=;.*1970/);
  assert.equal((await whoIs(access, headers)).kind, "anonymous");
});

forEachDatabase("Viewers see no more than the settings and their key allow", async (_, { db }) => {
  const access = await openAccess(db);
  const settings = new Settings({ db });
  const { key } = await access.keys.create({ name: "x", role: "admin", nsfw_max: 2 }, LOCAL);
  await settings.update({ nsfw_max: 8 });
  const fresh = await openAccess(db);
  assert.equal((await whoIs(fresh, { "x-api-key": key })).nsfwMax, 2);
  await settings.update({ nsfw_max: 1 });
  assert.equal((await whoIs(await openAccess(db), { "x-api-key": key })).nsfwMax, 1);
});

forEachDatabase(
  "Access.assertMayListen() refuses to open the server to strangers",
  async (t, { db }) => {
    const cases: [name: string, env: Record<string, string>, refused: boolean][] = [
      ["loopback", {}, false],
      ["every address", { LM_HOST: "0.0.0.0" }, true],
      ["behind a public name", { LM_PUBLIC_ORIGIN: "https://loras.example" }, true],
      ["on purpose", { LM_HOST: "0.0.0.0", LM_ALLOW_ANONYMOUS: "1" }, false],
      ["with a key", { LM_HOST: "0.0.0.0", LM_API_KEYS: "admin:first-key-of-env" }, false],
    ];
    for (const [name, env, refused] of cases) {
      await t.step(name, async () => {
        const access = await openAccess(db, env);
        if (refused) await assert.rejects(access.assertMayListen(), ExposedWithoutKey);
        else await access.assertMayListen();
        assert.equal(await access.isOpen(), !refused && !env.LM_API_KEYS);
      });
    }
  },
);

forEachDatabase(
  "Settings.update() keeps what it was not told, and survives values it does not know",
  async (_, { db }) => {
    const settings = new Settings({ db });
    assert.equal((await settings.get()).nsfw_max, 4);
    await settings.update({ theme: "dark", import_ignore: ["*.tmp"] });
    await settings.update({ watch: false });
    const values = await new Settings({ db }).get();
    assert.deepEqual([values.theme, values.import_ignore, values.watch, values.nsfw_max], [
      "dark",
      ["*.tmp"],
      false,
      4,
    ]);
    await db.updateTable("setting").set({ value: JSON.stringify("pink") }).where(
      "key",
      "=",
      "theme",
    )
      .execute();
    assert.equal((await new Settings({ db }).get()).theme, "system");
    assert.equal((await new Settings({ db }).get()).watch, false);
  },
);
