import { Head } from "fresh/runtime";
import { page } from "fresh";
import { KeyList } from "@/components/keys/KeyList.tsx";
import { NewKeyForm } from "@/components/keys/NewKeyForm.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { Panel } from "@/components/Panel.tsx";
import { define } from "@/define.ts";
import CopyText from "@/islands/CopyText.tsx";
import { readForm } from "@/lib/http/parse.ts";
import { keysRequest } from "@/lib/pages/keys_form.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";
import type { Faults } from "@/lib/shared/faults.ts";
import type { Services } from "@/services.ts";

export const handler = define.handlers({
  async GET({ state }) {
    return page(await keysData(state.services));
  },

  async POST({ req, state, redirect }) {
    const { access } = state.services;
    const fields = await readForm(req);
    try {
      const request = keysRequest(fields, new Date());
      if (request.kind === "revoke") {
        await access.keys.revoke(request.id);
        return redirect("/keys", 303);
      }
      const { key, record } = await access.keys.create(request.key, state.viewer);
      // The first key closes the server: without this, its maker would stand outside.
      const cookie = state.viewer.kind === "local" && record.role === "admin"
        ? { "set-cookie": await access.signIn(key, state.client) }
        : undefined;
      // No redirect: the key exists in this answer alone.
      return page(await keysData(state.services, { made: { key, name: record.name } }), {
        headers: { "cache-control": "no-store", ...cookie },
      });
    } catch (error) {
      const { status, faults } = refusalOf(error);
      const typed = { name: String(fields.name ?? ""), role: String(fields.role ?? "read") };
      return page(await keysData(state.services, { faults, typed }), { status });
    }
  },
});

interface Answered {
  made?: { key: string; name: string };
  faults?: Faults;
  typed?: { name: string; role: string };
}

async function keysData({ access }: Services, answered: Answered = {}) {
  const [keys, isOpen] = await Promise.all([access.keys.list(), access.isOpen()]);
  return { keys, isOpen, ...answered };
}

export default define.page<typeof handler>(({ data, state }) => {
  const { keys, isOpen, made, faults = {}, typed } = data;
  return (
    <div class="page-narrow parts">
      <Head>
        <title>API keys – LoRA Manager</title>
      </Head>
      <PageHead
        title="API keys"
        lead={
          <>
            For scripts, other machines and browsers that sign in. How to send one is in the{" "}
            <a href="/docs">API reference</a>.
          </>
        }
      />
      {faults[""] && <Notice kind="danger" urgent>{faults[""]}</Notice>}
      {made && (
        <Notice kind="ok" urgent>
          <p class="mb-2">
            This is the key “{made.name}”. Copy it now: only its hash is kept, so it cannot be shown
            again.
          </p>
          <div class="secret">
            <code>{made.key}</code>
            <span class="scripted">
              <CopyText text={made.key} label="Copy the key" />
            </span>
          </div>
        </Notice>
      )}
      {isOpen && (
        <Notice>
          No key is needed yet: this server answers this machine only, and whoever uses the machine
          may do everything. The first key ends that: from then on every browser and script needs
          one. It must be an admin key, and this browser is signed in with it.
        </Notice>
      )}
      <Panel id="keys" title="Keys">
        <KeyList keys={keys} ownId={state.viewer.keyId} />
      </Panel>
      <Panel id="new" title="New key">
        <NewKeyForm
          faults={faults}
          typed={typed ?? { name: "", role: isOpen ? "admin" : "read" }}
        />
      </Panel>
    </div>
  );
});
