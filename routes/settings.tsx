import { Head } from "fresh/runtime";
import { page } from "fresh";
import { Choice } from "@/components/Choice.tsx";
import { Field } from "@/components/Field.tsx";
import { Icon } from "@/components/Icon.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { Panel } from "@/components/Panel.tsx";
import { About } from "@/components/settings/About.tsx";
import { ContentLevels } from "@/components/settings/ContentLevels.tsx";
import { define } from "@/define.ts";
import { mayActAs, type Viewer } from "@/lib/access/viewer.ts";
import { readForm } from "@/lib/http/parse.ts";
import { refusalOf } from "@/lib/pages/refusal.ts";
import { settingsPatch } from "@/lib/pages/settings_form.ts";
import type { Faults } from "@/lib/shared/faults.ts";
import type { Services } from "@/services.ts";

const THEMES = [["system", "As the system"], ["dark", "Dark"], ["light", "Light"]] as const;

export const handler = define.handlers({
  async GET({ state }) {
    return page(await settingsData(state.services, state.viewer, {}));
  },

  async POST({ req, state, redirect }) {
    const { settings } = state.services;
    try {
      await settings.update(settingsPatch(await readForm(req)));
    } catch (error) {
      const { status, faults } = refusalOf(error);
      return page(await settingsData(state.services, state.viewer, faults), { status });
    }
    return redirect("/settings?saved=1", 303);
  },
});

async function settingsData(
  { settings, health, config }: Services,
  viewer: Viewer,
  faults: Faults,
) {
  const [values, status] = await Promise.all([settings.get(), health.status()]);
  const isAdmin = mayActAs(viewer, "admin");
  return { values, status, dataDir: isAdmin ? config.dataDir : null, isAdmin, faults };
}

export default define.page<typeof handler>(({ data, state, url }) => {
  const { values, status, dataDir, isAdmin, faults } = data;
  const isRefused = Object.keys(faults).length > 0;
  return (
    <div class="page-narrow parts">
      <Head>
        <title>Settings – LoRA Manager</title>
      </Head>
      <PageHead
        title="Settings"
        actions={
          <>
            {isAdmin && (
              <a class="btn" href="/keys">
                <Icon name="key-round" />
                API keys
              </a>
            )}
            {state.viewer.kind === "session" && (
              <form method="post" action="/logout">
                <button type="submit" class="btn">
                  <Icon name="log-out" />
                  Sign out
                </button>
              </form>
            )}
          </>
        }
      />
      {url.searchParams.has("saved") && !isRefused && <Notice kind="ok">Settings saved.</Notice>}
      {isRefused && (
        <Notice kind="danger" urgent>
          Nothing was saved: {faults[""] ?? "see the marked fields."}
        </Notice>
      )}
      {!isAdmin && <Notice>Only an admin key may change settings.</Notice>}
      <form method="post" class="parts">
        <ContentLevels values={values} disabled={!isAdmin} />
        <Panel id="appearance" title="Appearance">
          <fieldset class="part-body grid gap-2">
            <legend class="field-label">Theme</legend>
            <div class="choices choices-short">
              {THEMES.map(([value, label]) => (
                <Choice
                  key={value}
                  name="theme"
                  value={value}
                  checked={value === values.theme}
                  label={label}
                  disabled={!isAdmin}
                />
              ))}
            </div>
          </fieldset>
        </Panel>
        <Panel
          id="import"
          title="Import"
          lead={
            <>
              Folders are chosen on the <a href="/import">import page</a>.
            </>
          }
        >
          <div class="part-body grid gap-4">
            <label class="tick">
              <input
                type="checkbox"
                class="check"
                name="watch"
                checked={values.watch}
                disabled={!isAdmin}
              />
              <span>
                Watch the folders
                <small>New and changed files appear within seconds.</small>
              </span>
            </label>
            <Field
              id="rescan_minutes"
              label="Look through everything every"
              hint="Minutes; 0 for never. Catches what watching cannot see, such as network drives."
              error={faults.rescan_minutes}
            >
              <input
                class="input num max-w-32"
                type="number"
                name="rescan_minutes"
                min="0"
                max="10080"
                required
                value={values.rescan_minutes}
                disabled={!isAdmin}
              />
            </Field>
            <Field
              id="import_ignore"
              label="Skip files matching"
              hint={
                <>
                  One pattern a line, as in <code>.gitignore</code>: <code>*.bak.safetensors</code>,
                  {" "}
                  <code>/old/</code>. A <code>.loraignore</code>{" "}
                  file in a folder does the same there.
                </>
              }
              error={faults.import_ignore}
            >
              <textarea
                class="input mono"
                name="import_ignore"
                rows={4}
                spellcheck={false}
                disabled={!isAdmin}
              >
                {values.import_ignore.join("\n")}
              </textarea>
            </Field>
          </div>
        </Panel>
        {isAdmin && (
          <div class="save-bar">
            <button type="submit" class="btn btn-primary">
              <Icon name="save" />
              Save settings
            </button>
          </div>
        )}
      </form>
      <About status={status} dataDir={dataDir} />
    </div>
  );
});
