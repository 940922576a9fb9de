import type { Adapter } from "@/lib/catalog/schema.ts";
import type { Issue } from "@/lib/errors.ts";
import { formatWeight } from "@/lib/shared/format.ts";
import { NSFW_LEVELS, nsfwRank } from "@/lib/shared/nsfw.ts";
import { Field } from "../Field.tsx";
import { Notice } from "../Notice.tsx";
import { TriggerSetFields } from "./TriggerSetFields.tsx";

export type FormValues = Record<string, string | string[]>;

interface EditFormProps {
  adapter: Adapter;
  /** What was typed, when it was refused. */
  typed: FormValues | null;
  issues: readonly Issue[];
}

/** Every editable field as one form. */
export function EditForm({ adapter, typed, issues }: EditFormProps) {
  const { id, name } = adapter;
  const value = (field: keyof Adapter, stored: string) => {
    const again = typed?.[field];
    return typeof again === "string" ? again : stored;
  };
  const error = (field: string) =>
    issues.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message;
  const input = (field: keyof Adapter, label: string, stored: string | null, hint?: string) => (
    <Field id={field} label={label} hint={hint} error={error(field)}>
      <input class="input" name={field} value={value(field, stored ?? "")} autocomplete="off" />
    </Field>
  );
  const area = (field: keyof Adapter, label: string, stored: string | null, hint?: string) => (
    <Field id={field} label={label} hint={hint} error={error(field)} class="wide">
      <textarea class="input" name={field} value={value(field, stored ?? "")} />
    </Field>
  );
  const rating = Number(value("rating", String(adapter.rating)));
  const level = Number(value("nsfw_level", String(nsfwRank(adapter.nsfw_level))));
  return (
    <form class="page-narrow grid gap-6 py-4" method="post" action={`/adapters/${id}?edit=1`}>
      <h1>Edit {name}</h1>
      {issues.length > 0 && (
        <Notice kind="danger" urgent>
          Nothing was saved:{" "}
          {issues.map(({ path, message }) =>
            path ? `${path.replaceAll("_", " ")}: ${message}` : message
          ).join("; ")}
        </Notice>
      )}
      <Notice>What you change here stays as you set it: imports leave those fields alone.</Notice>
      <div class="form-grid">
        {input("name", "Name", adapter.name)}
        {input("version", "Version", adapter.version)}
        {input("author_username", "Author", adapter.author_username)}
        {input(
          "base_model",
          "Base model",
          adapter.base_model,
          "Such as SDXL 1.0, SD 1.5, Pony, Flux.1 D",
        )}
        <Field
          id="weight"
          label="Weight"
          hint="−10 to 10; usual is 0.4 to 1.2"
          error={error("weight")}
        >
          <input
            class="input num"
            name="weight"
            inputMode="decimal"
            value={value("weight", formatWeight(adapter.weight))}
            autocomplete="off"
          />
        </Field>
        <Field id="rating" label="Your rating" error={error("rating")}>
          <select class="input select" name="rating">
            {[0, 1, 2, 3, 4, 5].map((stars) => (
              <option key={stars} value={stars} selected={stars === rating}>
                {stars === 0 ? "None" : "★".repeat(stars)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="nsfw_level" label="Content level" error={error("nsfw_level")}>
          <select class="input select" name="nsfw_level">
            <option value={0} selected={level === 0}>Unrated</option>
            {NSFW_LEVELS.map((one) => (
              <option key={one.level} value={one.level} selected={one.level === level}>
                {one.label}
              </option>
            ))}
          </select>
        </Field>
        {area("tags", "Tags", adapter.tags.join(", "), "Separated by commas")}
        {area(
          "trained_words",
          "Trigger words",
          adapter.trained_words.join("\n"),
          "One phrase a line",
        )}
        <TriggerSetFields sets={adapter.trigger_sets} typed={typed} error={error("trigger_sets")} />
        {area("activation_text", "Activation text", adapter.activation_text)}
        {area("negative_text", "Negative prompt", adapter.negative_text)}
        {area("notes", "Notes", adapter.notes)}
        {area(
          "description",
          "Description",
          adapter.description,
          "HTML; scripts and pictures are taken out",
        )}
      </div>
      <div class="actions">
        <button class="btn btn-primary" type="submit" name="intent" value="edit">Save</button>
        <a class="btn" href={`/adapters/${id}`}>Cancel</a>
      </div>
    </form>
  );
}
