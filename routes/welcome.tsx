import { Head } from "fresh/runtime";
import { page } from "fresh";
import { Field } from "@/components/Field.tsx";
import { Icon } from "@/components/Icon.tsx";
import type { IconName } from "@/components/icon_names.ts";
import { Notice } from "@/components/Notice.tsx";
import { define } from "@/define.ts";
import { mayActAs } from "@/lib/access/viewer.ts";
import { type LikelyFolder, likelyFolders } from "@/lib/library/likely_folders.ts";
import { formatCount } from "@/lib/shared/format.ts";

const STEPS: readonly { icon: IconName; title: string; text: string }[] = [
  {
    icon: "search",
    title: "It reads",
    text:
      "Every model file, and the previews, .json and .civitai.info files beside it. Nothing is changed, moved or sent anywhere.",
  },
  {
    icon: "layout-grid",
    title: "You browse at once",
    text:
      "Pictures appear while it reads. Files without any information are described from their own header.",
  },
  {
    icon: "fingerprint",
    title: "It hashes in the background",
    text: "That finds duplicates and files that were renamed. Close the browser if you like.",
  },
];

export const handler = define.handlers({
  async GET({ state, redirect }) {
    const { library } = state.services;
    const isAdmin = mayActAs(state.viewer, "admin");
    const roots = await library.roots();
    if (roots.length > 0) return redirect("/import", 303);
    // What this machine has is nobody's business who may not add folders.
    return page({ isAdmin, folders: isAdmin ? await likelyFolders() : [] });
  },
});

export default define.page<typeof handler>(({ data: { isAdmin, folders } }) => (
  <div class="welcome">
    <Head>
      <title>Welcome – LoRA Manager</title>
    </Head>
    <header>
      <h1>Where are your LoRAs?</h1>
      <p>Choose the folder that holds them. Everything below it comes along.</p>
    </header>
    {isAdmin
      ? (
        <>
          {folders.length > 0 && (
            <ul class="panel folders" aria-label="Folders found on this machine">
              {folders.map((folder) => <Folder key={folder.path} folder={folder} />)}
            </ul>
          )}
          <form method="post" action="/import/roots" class="welcome-form">
            <input type="hidden" name="intent" value="add" />
            <Field
              id="path"
              label={folders.length > 0 ? "Or another folder" : "Folder"}
              hint="Absolute path on the machine that runs LoRA Manager."
            >
              <input
                class="input mono"
                name="path"
                required
                maxLength={4096}
                spellcheck={false}
                autocomplete="off"
                placeholder="/home/me/ComfyUI/models/loras"
              />
            </Field>
            <button type="submit" class={folders.length > 0 ? "btn" : "btn btn-primary"}>
              <Icon name="import" />
              Import this folder
            </button>
          </form>
        </>
      )
      : (
        <Notice>
          The library is empty. Only an admin key may add a folder: ask whoever runs this server.
        </Notice>
      )}
    <ol class="steps">
      {STEPS.map(({ icon, title, text }) => (
        <li key={title}>
          <Icon name={icon} />
          <h2>{title}</h2>
          <p>{text}</p>
        </li>
      ))}
    </ol>
    <p class="text-muted text-s">
      No LoRAs at hand? <code>deno task demo</code> starts with a library of painted examples.
    </p>
  </div>
));

function Folder({ folder: { path, files, isMore } }: { folder: LikelyFolder }) {
  return (
    <li class="row">
      <Icon name="folder" class="text-accent-text" />
      <span class="row-main">
        <code>{path}</code>
        <small class="num">
          {files === 0
            ? "no model files seen"
            : `${isMore ? "more than " : ""}${formatCount(files)} model ${
              files === 1 ? "file" : "files"
            }`}
        </small>
      </span>
      <form method="post" action="/import/roots">
        <input type="hidden" name="intent" value="add" />
        <input type="hidden" name="path" value={path} />
        <button
          type="submit"
          class={files > 0 ? "btn btn-primary" : "btn"}
          aria-label={`Import ${path}`}
        >
          <Icon name="import" />
          Import
        </button>
      </form>
    </li>
  );
}
