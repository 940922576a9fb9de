import type { FacetCount } from "@/lib/catalog/schema.ts";
import { canonical } from "@/lib/shared/library_url.ts";

interface FitsFilterProps {
  search: string;
  /** The library's base models: the checkpoints that its LoRAs were made for. */
  models: readonly FacetCount[];
}

/** Narrows the results to what fits a checkpoint: its own base model and the relatives that load on it. */
export function FitsFilter({ search, models }: FitsFilterProps) {
  const params = new URLSearchParams(canonical(search));
  const set = params.get("compatible_with");
  params.delete("compatible_with");
  const names = [...new Set([...(set ? [set] : []), ...models.map(({ value }) => value)])];
  if (names.length === 0) return null;
  return (
    <form method="get" action="/" class="facet flex items-center gap-2 pb-2">
      {[...params].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <label class="text-s text-muted whitespace-nowrap" for="fits">Fits</label>
      <select id="fits" class="input select" name="compatible_with" data-submits>
        <option value="">any checkpoint</option>
        {names.map((name) => <option key={name} value={name} selected={name === set}>{name}
        </option>)}
      </select>
      <noscript>
        <button type="submit" class="btn btn-small">Apply</button>
      </noscript>
    </form>
  );
}
