import type { Adapter } from "@/lib/catalog/schema.ts";
import { Icon } from "../Icon.tsx";
import { SanitisedHtml } from "../SanitisedHtml.tsx";
import { Tree } from "../Tree.tsx";
import { Training } from "./Training.tsx";

/** What the page shows elsewhere, or what says nothing to people. */
const SHOWN_ELSEWHERE = new Set([
  "description",
  "training",
  "extra",
  "stats",
  "hashes",
  "collections",
]);

const HASH_NAMES: Record<string, string> = {
  sha256: "SHA-256",
  autov1: "AutoV1",
  autov2: "AutoV2",
  autov3: "AutoV3",
  crc32: "CRC32",
  blake3: "BLAKE3",
};

/** The long parts: description, training, hashes and every field there is. */
export function Details({ adapter }: { adapter: Adapter }) {
  const hashes = Object.entries(adapter.hashes).filter(([, value]) => value);
  const fields = Object.fromEntries(
    Object.entries(adapter).filter(([name]) => !SHOWN_ELSEWHERE.has(name)),
  );
  return (
    <>
      {adapter.description && (
        <section class="section" aria-labelledby="description-title">
          <h2 id="description-title">Description</h2>
          <SanitisedHtml html={adapter.description} class="prose" />
        </section>
      )}
      <Training training={adapter.training} />
      <section class="section" aria-labelledby="hashes-title">
        <h2 id="hashes-title">Hashes</h2>
        {hashes.length === 0
          ? (
            <p class="text-muted">
              Not hashed yet. Hashing runs in the background after an import.
            </p>
          )
          : (
            <dl class="facts">
              {hashes.map(([name, value]) => (
                <div key={name} class="contents">
                  <dt>{HASH_NAMES[name] ?? name}</dt>
                  <dd class="mono select-all">{value}</dd>
                </div>
              ))}
            </dl>
          )}
      </section>
      <section class="section">
        <details class="fold">
          <summary>
            <Icon name="chevron-right" />
            <h2>All metadata</h2>
          </summary>
          <div class="tree pt-2">
            <Tree name="extra" value={adapter.extra} open />
            <Tree name="stats" value={adapter.stats} />
            <Tree name="training" value={adapter.training} />
            <Tree name="fields" value={fields} />
          </div>
        </details>
      </section>
    </>
  );
}
