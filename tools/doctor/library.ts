import type { Check, Finding } from "./finding.ts";

/** The configured folders; those added in the application are shown there, and in /health/ready. */
export const checkLibrary: Check = async ({ library }) => {
  if (library.length === 0) {
    return [{ level: "ok", what: "LM_LIBRARY is empty: folders are added in the application" }];
  }
  return await Promise.all(library.map(examine));
};

async function examine(folder: string): Promise<Finding> {
  try {
    // The first entry is proof enough; a folder may hold a hundred thousand.
    for await (const _ of Deno.readDir(folder)) break;
    return { level: "ok", what: `Library folder ${folder} is readable` };
  } catch (error) {
    return {
      level: "warn",
      what: `Cannot read the library folder ${folder}: ${
        error instanceof Error ? error.message : error
      }`,
      mend: "Mount the drive, correct LM_LIBRARY, or give the server's user the right to read it",
    };
  }
}
