import { PGlite, type PGliteOptions, types } from "@electric-sql/pglite";

/**
 * Options under which PGlite reads and writes values as `openPostgres` does: integers as numbers, calendar dates as text.
 * Values beyond 2^53 lose precision on both; no column of ours holds such.
 */
export const PGLITE_OPTIONS: PGliteOptions = {
  parsers: {
    [types.INT8]: (text: string) => Number(text),
    [types.DATE]: (text: string) => text,
  },
};

/** Opens the embedded database. Only the holder of the data folder's lock may do this. */
export async function openPGlite(dataDir: string): Promise<PGlite> {
  const pglite = new PGlite({ ...PGLITE_OPTIONS, dataDir });
  await pglite.waitReady;
  return pglite;
}
