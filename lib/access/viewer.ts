import type { Role } from "@/lib/db/schema.ts";

/** Who is asking, and what they may see. Every repository read takes its NSFW ceiling. */
export interface Viewer {
  /**
   * "local": no key is configured, so everyone who reaches the server is trusted (loopback only, or
   * LM_ALLOW_ANONYMOUS). "anonymous": a key would be needed; seen by public paths only.
   */
  kind: "local" | "key" | "session" | "anonymous";
  role: Role;
  keyId: string | null;
  /** Highest Civitai level shown: 1 PG, 2 PG-13, 4 R, 8 X, 16 XXX, 32 blocked. Items above never leave the server. */
  nsfwMax: number;
  /** Levels from here up to `nsfwMax` are blurred until asked for. */
  nsfwBlurFrom: number;
}

const RANK: Record<Role, number> = { read: 0, write: 1, admin: 2 };

/** True if `viewer` may do what `role` may do. */
export const mayActAs = (viewer: Viewer, role: Role): boolean => RANK[viewer.role] >= RANK[role];
